/** How the angles of rotary positions are stretched for texts longer than those first trained on. */
export type RopeScaling =
  | { readonly kind: 'default' }
  /** All angles ÷ factor (Chen et al. 2023). */
  | { readonly kind: 'linear'; readonly factor: number }
  /** A larger base once a text is longer than `original` (“NTK-aware”). */
  | { readonly kind: 'dynamic'; readonly factor: number; readonly original: number }
  /** Long waves stretched, short ones kept, those between interpolated (Llama 3). */
  | {
      readonly kind: 'llama3';
      readonly factor: number;
      readonly lowFrequencyFactor: number;
      readonly highFrequencyFactor: number;
      readonly original: number;
    }
  /** The same by dimension, with a factor on the vectors (Peng et al. 2023). */
  | {
      readonly kind: 'yarn';
      readonly factor: number;
      readonly attentionFactor: number;
      readonly betaFast: number;
      readonly betaSlow: number;
      readonly original: number;
      /** Dimensions between which is interpolated are rounded to whole ones. */
      readonly truncate: boolean;
    };

const { fround } = Math;
const TURN = 2 * Math.PI;

/**
 * θ of each pair of dimensions, in radians a position, `[dimensions / 2]`: base^(−2i / dimensions)
 * (Su et al. 2021, section 3.4.2), scaled. In float32, as the reference keeps them.
 * @param length positions of the text: only `dynamic` depends on it
 */
export function frequencies(
  base: number,
  dimensions: number,
  scaling: RopeScaling,
  length: number,
): Float32Array {
  switch (scaling.kind) {
    case 'default':
      return plain(base, dimensions);
    case 'linear':
      return plain(base, dimensions).map((theta) => theta / scaling.factor);
    case 'dynamic':
      return plain(stretchedBase(base, dimensions, scaling, length), dimensions);
    case 'llama3':
      return plain(base, dimensions).map((theta) => llama3(theta, scaling));
    case 'yarn':
      return yarn(base, dimensions, scaling);
  }
}

/** Factor on turned queries and on turned keys. */
export const vectorFactor = (scaling: RopeScaling): number =>
  scaling.kind === 'yarn' ? scaling.attentionFactor : 1;

function plain(base: number, dimensions: number): Float32Array {
  return Float32Array.from(
    { length: dimensions / 2 },
    (_, pair) => 1 / fround(base ** fround((2 * pair) / dimensions)),
  );
}

function stretchedBase(
  base: number,
  dimensions: number,
  { factor, original }: Extract<RopeScaling, { kind: 'dynamic' }>,
  length: number,
): number {
  if (length <= original) return base;
  const stretch = (factor * length) / original - (factor - 1);
  return base * stretch ** (dimensions / (dimensions - 2));
}

function llama3(theta: number, scaling: Extract<RopeScaling, { kind: 'llama3' }>): number {
  const { factor, lowFrequencyFactor: low, highFrequencyFactor: high, original } = scaling;
  const wave = TURN / theta; // tokens a turn
  if (wave > original / low) return theta / factor;
  if (wave < original / high) return theta;
  const smooth = (original / wave - low) / (high - low);
  return ((1 - smooth) * theta) / factor + smooth * theta;
}

function yarn(
  base: number,
  dimensions: number,
  scaling: Extract<RopeScaling, { kind: 'yarn' }>,
): Float32Array {
  const { factor, original, betaFast, betaSlow, truncate } = scaling;
  /** Dimension whose wave turns this often within the original length. */
  const dimensionOf = (turns: number): number =>
    (dimensions * Math.log(original / (turns * TURN))) / (2 * Math.log(base));
  const [fast, slow] = [dimensionOf(betaFast), dimensionOf(betaSlow)];
  const low = Math.max(truncate ? Math.floor(fast) : fast, 0);
  let high = Math.min(truncate ? Math.ceil(slow) : slow, dimensions - 1);
  if (low === high) high += 0.001; // a ramp of no width would divide by zero
  return plain(base, dimensions).map((theta, pair) => {
    const stretched = Math.min(1, Math.max(0, (pair - low) / (high - low)));
    return (theta / factor) * stretched + theta * (1 - stretched);
  });
}
