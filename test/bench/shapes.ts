/** The shapes that are timed: three models that everybody knows, here with random weights. */
export interface Shape {
  readonly name: string;
  readonly title: string;
  readonly family: 'bert' | 'gpt2';
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly feedForward: number;
  readonly vocabulary: number;
}

export const SHAPES: readonly Shape[] = [
  {
    name: 'minilm',
    title: 'MiniLM, 6 × 384',
    family: 'bert',
    layers: 6,
    width: 384,
    heads: 12,
    feedForward: 1536,
    vocabulary: 30_522,
  },
  {
    name: 'bert',
    title: 'BERT-base, 12 × 768',
    family: 'bert',
    layers: 12,
    width: 768,
    heads: 12,
    feedForward: 3072,
    vocabulary: 30_522,
  },
  {
    name: 'gpt2',
    title: 'GPT-2 small, 12 × 768',
    family: 'gpt2',
    layers: 12,
    width: 768,
    heads: 12,
    feedForward: 3072,
    vocabulary: 50_257,
  },
];

/** Tokens of a text, one text at a time. */
export const LENGTHS: readonly number[] = [32, 128, 512, 1024];

/** Tokens in the cache when a further one is decoded. */
export const CONTEXTS: readonly number[] = [128, 512];

/** Rows of each position table: some steps beyond the longest text. */
export const POSITIONS = 1040;

const FLOATS_A_MATRIX_ENTRY = 4;

/** Token ids of a text; which they are changes no time. */
export const idsOf = ({ vocabulary }: Shape, length: number): Int32Array =>
  Int32Array.from({ length }, (_, i) => (13 + i * 7919) % vocabulary);

/**
 * Floating-point operations of a forward pass that cannot be left out: products with weights, scores and
 * mixtures of values (causal: of what a token sees), logits of the last position.
 */
export function operationsOfForward(shape: Shape, length: number): number {
  const seen = shape.family === 'gpt2' ? (length + 1) / 2 : length;
  return length * operationsOfToken(shape, seen) + operationsOfLogits(shape);
}

/** The same of one token behind `context` others. */
export const operationsOfStep = (shape: Shape, context: number): number =>
  operationsOfToken(shape, context + 1) + operationsOfLogits(shape);

function operationsOfToken({ layers, width, feedForward }: Shape, seen: number): number {
  const weights = 4 * width * width + 2 * width * feedForward;
  return 2 * layers * (weights + 2 * seen * width);
}

const operationsOfLogits = ({ family, width, vocabulary }: Shape): number =>
  family === 'gpt2' ? 2 * width * vocabulary : 0;

/** Bytes of all attention matrices of a text. */
export const bytesOfPatterns = ({ layers, heads }: Shape, length: number): number =>
  FLOATS_A_MATRIX_ENTRY * layers * heads * length * length;

/** Bytes of all weights as float32. */
export const bytesOfWeights = (shape: Shape): number => {
  const { layers, width, feedForward, vocabulary } = shape;
  const numbers =
    layers * (4 * width * width + 2 * width * feedForward) + (vocabulary + POSITIONS) * width;
  return FLOATS_A_MATRIX_ENTRY * numbers;
};
