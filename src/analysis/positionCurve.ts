/**
 * PE(origin) · PE(p) for every position p, `[position]`, summed in float64. With sinusoids it is
 * Σ cos(ω_i (p − origin)): it depends on the distance alone and is d_model / 2 at distance 0.
 */
export function positionCurve(
  table: Float32Array, // [position, d_model]
  dModel: number,
  count: number,
  origin: number,
): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: count }, (_, position) => {
    let dot = 0;
    for (let d = 0; d < dModel; d++) {
      dot += table[origin * dModel + d]! * table[position * dModel + d]!;
    }
    return dot;
  });
}
