/** How many of the model's parameters a box holds. Pure. */
import type { ParameterPart, Structure } from '../../src/protocol/structure';
import type { MapBox } from './boxes';

const PARTS: Readonly<Partial<Record<MapBox['kind'], ParameterPart>>> = {
  tokens: 'tokens',
  projection: 'embeddingProjection',
  types: 'types',
  positions: 'positions',
  embeddingNorm: 'embeddingNorm',
  attention: 'attention',
  cross: 'cross',
  feedForward: 'feedForward',
  finalNorm: 'finalNorm',
  outProjection: 'outProjection',
  transform: 'headTransform',
  linear: 'output',
};

/** Parts whose numbers are in each block anew. */
const IN_BLOCKS: ReadonlySet<ParameterPart> = new Set([
  'attention',
  'cross',
  'feedForward',
  'norms',
]);

export const isInBlocks = (part: ParameterPart): boolean => IN_BLOCKS.has(part);

export interface BoxParameters {
  readonly count: number;
  /** Blocks of weights of their own that these are spread over; 1 outside the blocks. */
  readonly blocks: number;
}

/** Null: the box holds none of its own. */
export function boxParameters(box: MapBox, structure: Structure): BoxParameters | null {
  // A learned bias on scores is one table for all layers.
  const bias = box.kind === 'positions' && box.subLayer !== null;
  const part = bias ? 'relativeBias' : PARTS[box.kind];
  const half = part === 'headTransform' || part === 'output' ? null : box.half;
  const found = structure.parameters.find((entry) => entry.part === part && entry.half === half);
  if (part === undefined || found === undefined) return null;
  const blocks = isInBlocks(part) ? (structure[box.half]?.distinctBlocks ?? 1) : 1;
  return { count: found.count, blocks };
}
