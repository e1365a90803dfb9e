/** Tokens, models and plans for tests, with plain values for what a test does not care about. */
import type { ModelSummary, Plan, Token } from '../../src/protocol/trace';
import { plainWriting } from '../../src/protocol/writing';

/** A token whose piece is its label; special ones stand for no text. */
export const tokenOf = (label: string, rest: Partial<Token> = {}): Token => ({
  piece: label,
  label,
  id: 0,
  span: null,
  special: false,
  word: null,
  part: null,
  ...rest,
});

export const specialToken = (piece: string, id: number): Token =>
  tokenOf(piece, { id, special: true });

/** A Marian of three layers unless told otherwise. */
export const modelOf = (rest: Partial<ModelSummary> = {}): ModelSummary => ({
  name: 'translate-en',
  modelType: 'marian',
  className: 'MarianMTModel',
  architecture: 'encoderDecoder',
  task: 'nextToken',
  layers: { encoder: 3, decoder: 3 },
  heads: { encoder: 8, decoder: 8 },
  keyValueHeads: { encoder: 8, decoder: 8 },
  headWidth: 32,
  dModel: 256,
  dFeedForward: { encoder: 1024, decoder: 1024 },
  vocabulary: 8000,
  positions: 1024,
  trainedPositions: null,
  positionKind: { kind: 'sinusoidal', layout: 'halves' },
  windows: [],
  normPlacement: 'post',
  scoreScale: 1 / Math.sqrt(32),
  activation: 'swish',
  gated: false,
  tied: true,
  labels: [],
  maskToken: null,
  languages: [],
  parameters: 7_600_000,
  weightDtype: 'F16',
  weightBytes: 15_200_000,
  unusedTensors: { names: [], count: 0 },
  ...rest,
});

/** Like a run that asked for nothing: an encoder–decoder writes, all others only read. */
export const planWith = (rest: Partial<Plan> & Pick<Plan, 'text' | 'source'>): Plan => ({
  model: modelOf(),
  pair: null,
  language: null,
  target: [],
  writing: (rest.model ?? modelOf()).architecture === 'encoderDecoder' ? plainWriting : null,
  maxNewTokens: 256,
  backend: 'wasm',
  preview: null,
  notices: [],
  ...rest,
});
