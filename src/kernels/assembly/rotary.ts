/**
 * Rotary positions (Su et al. 2021): x ∘ cos + partner(x) ∘ sin within each head of `[row, heads · width]`,
 * the partner negated for the first of a pair; `cosines` and `sines` are `[row, width]`. Dimensions from
 * `dimensions` on stay as they are. Units: rows.
 */
export function rotate(
  x: usize,
  cosines: usize,
  sines: usize,
  out: usize,
  heads: i32,
  width: i32,
  dimensions: i32,
  interleaved: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const bytes = (<usize>width) << 2;
  // From the first of a pair to the second, and from a pair to the next.
  const apart: usize = interleaved ? 4 : (<usize>(dimensions >> 1)) << 2;
  const step: usize = interleaved ? 8 : 4;
  for (let row = from; row < to; row++) {
    const cosine = cosines + <usize>row * bytes;
    const sine = sines + <usize>row * bytes;
    for (let head = 0; head < heads; head++) {
      const at = <usize>(row * heads + head) * bytes;
      const source = x + at;
      const target = out + at;
      let i: usize = 0;
      for (let pair = 0; pair < dimensions >> 1; pair++) {
        const j = i + apart;
        const a = load<f32>(source + i);
        const b = load<f32>(source + j);
        store<f32>(target + i, a * load<f32>(cosine + i) - b * load<f32>(sine + i));
        store<f32>(target + j, b * load<f32>(cosine + j) + a * load<f32>(sine + j));
        i += step;
      }
      const rest = (<usize>dimensions) << 2;
      memory.copy(target + rest, source + rest, bytes - rest);
    }
  }
}
