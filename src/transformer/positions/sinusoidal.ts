import type { PositionLayout } from './positionConfig';

/** Base of the geometric progression of wavelengths (section 3.5). */
const BASE = 10_000;

/**
 * The positional encodings of section 3.5, `[position, d_model]` row-major:
 * PE(pos, 2i) = sin(pos / 10000^(2i/d_model)), PE(pos, 2i+1) = cos(pos / 10000^(2i/d_model)).
 * `halves` holds the same numbers with all sines before all cosines, as Marian and tensor2tensor keep
 * them. Computed in float64 and rounded once.
 */
export function sinusoidalPositions(
  count: number,
  dModel: number,
  layout: PositionLayout,
): Float32Array<ArrayBuffer> {
  const table = new Float32Array(count * dModel); // [position, d_model]
  const sines = Math.ceil(dModel / 2);
  for (let position = 0; position < count; position++) {
    const row = position * dModel;
    for (let dimension = 0; dimension < dModel; dimension++) {
      const frequency = dimension >> 1;
      const angle = position / BASE ** ((2 * frequency) / dModel);
      const cosine = dimension % 2 === 1;
      const value = cosine ? Math.cos(angle) : Math.sin(angle);
      const column = layout === 'interleaved' ? dimension : frequency + (cosine ? sines : 0);
      table[row + column] = value;
    }
  }
  return table;
}
