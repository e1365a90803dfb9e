import { LayerNorm, RmsNorm, type Norm } from '../transformer/normalization';

/** What a direction behind a norm is before it. */
export interface Pulled {
  /** `[width]` */
  readonly direction: Float64Array;
  /** What the norm's bias adds along the direction, whatever it reads. */
  readonly constant: number;
}

/**
 * A norm as the linear map (and bias) it is at one vector `[width]`, whose spread is taken as given:
 * norm(x) · direction = x · pulled direction + constant, exactly at that vector.
 */
export function pullThrough(norm: Norm, at: Float32Array, direction: Float64Array): Pulled {
  const width = at.length;
  const { gain, bias, epsilon, centred } = partsOf(norm);
  const mean = centred ? average(width, (d) => at[d]!) : 0;
  const power = average(width, (d) => (at[d]! - mean) ** 2);
  const scale = 1 / Math.sqrt(power + epsilon);
  const scaled = Float64Array.from(direction, (part, d) => part * (gain?.[d] ?? 1) * scale);
  // The mean is taken off the vector, so of the direction only what is no mean counts.
  const common = centred ? average(width, (d) => scaled[d]!) : 0;
  let constant = 0;
  if (bias) for (let d = 0; d < width; d++) constant += bias[d]! * direction[d]!;
  return { direction: scaled.map((part) => part - common), constant };
}

/** What a norm consists of. */
export function partsOf(norm: Norm): {
  readonly gain: Float32Array | null;
  readonly bias: Float32Array | null;
  readonly epsilon: number;
  /** It takes the mean off first. */
  readonly centred: boolean;
} {
  if (norm instanceof LayerNorm) {
    const { gain, bias, epsilon } = norm;
    return {
      gain: gain && gain.dataSync<'float32'>(),
      bias: bias && bias.dataSync<'float32'>(),
      epsilon,
      centred: true,
    };
  }
  if (!(norm instanceof RmsNorm)) throw new TypeError('A norm of another kind.');
  const { gain, epsilon } = norm;
  return { gain: gain.dataSync<'float32'>(), bias: null, epsilon, centred: false };
}

function average(count: number, of: (d: number) => number): number {
  let sum = 0;
  for (let d = 0; d < count; d++) sum += of(d);
  return sum / count;
}
