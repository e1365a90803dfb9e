/** The parts of a model as figure 1 of the paper draws them, in the order of computing. Pure. */
import type { StackStructure, Structure } from '../../src/protocol/structure';
import type { Half } from '../../src/protocol/address';
import type { ModelSummary, Positions } from '../../src/protocol/trace';

export type SubLayer = 'attention' | 'cross' | 'feedForward';

export type BoxKind =
  | 'tokens'
  | 'projection'
  | 'types'
  | 'positions'
  | 'embeddingSum'
  | 'embeddingNorm'
  | 'norm'
  | 'attention'
  | 'cross'
  | 'feedForward'
  | 'add'
  | 'addNorm'
  | 'finalNorm'
  | 'outProjection'
  | 'transform'
  | 'linear'
  | 'probabilities'
  | 'choice';

export interface MapBox {
  /** `decoder.addNorm.cross`: one of its kind in the drawing. */
  readonly key: string;
  readonly kind: BoxKind;
  readonly half: Half;
  /** Of what belongs to a sub-layer of a block; null: it stands outside the blocks. */
  readonly subLayer: SubLayer | null;
}

/** The boxes of one stack. */
export interface HalfBoxes {
  readonly half: Half;
  readonly before: readonly MapBox[];
  readonly block: readonly MapBox[];
  readonly after: readonly MapBox[];
}

/** Positions that turn or bias stand within attention, the others at the embeddings. */
const actsInAttention = ({ kind }: Positions): boolean =>
  kind === 'rotary' || kind === 'alibi' || kind === 'relativeBias';

const HEAD: ReadonlySet<BoxKind> = new Set(['transform', 'linear', 'probabilities', 'choice']);

/** Behind the stack's output: it makes the answer. */
export const isOfHead = ({ kind }: MapBox): boolean => HEAD.has(kind);

/** The halves of a model that exist, with their boxes. */
export function mapBoxes(structure: Structure, model: ModelSummary): HalfBoxes[] {
  return (['encoder', 'decoder'] as const).flatMap((half) => {
    const stack = structure[half];
    return stack === null ? [] : [halfBoxes(half, stack, structure, model)];
  });
}

function halfBoxes(
  half: Half,
  stack: StackStructure,
  structure: Structure,
  model: ModelSummary,
): HalfBoxes {
  const box = (kind: BoxKind, subLayer: SubLayer | null = null): MapBox => ({
    key: [half, kind, subLayer].filter((part) => part !== null).join('.'),
    kind,
    half,
    subLayer,
  });
  const isLast = half === 'decoder' || structure.decoder === null;
  const crosses = half === 'decoder' && structure.encoder !== null;
  return {
    half,
    before: embeddingKinds(stack).map((kind) => box(kind)),
    block: blockKinds(stack, model, crosses).map(([kind, subLayer]) => box(kind, subLayer)),
    after: [
      ...(stack.finalNorm ? [box('finalNorm')] : []),
      ...(stack.outProjection === null ? [] : [box('outProjection')]),
      ...(isLast ? headKinds(structure.head).map((kind) => box(kind)) : []),
    ],
  };
}

function embeddingKinds({ embedding }: StackStructure): BoxKind[] {
  const { projected, types, positions, normalised } = embedding;
  return [
    'tokens',
    ...(projected === 'tokens' ? (['projection'] as const) : []),
    ...(types > 0 ? (['types'] as const) : []),
    ...(positions === null ? [] : (['positions'] as const)),
    ...(positions === null && types === 0 ? [] : (['embeddingSum'] as const)),
    ...(normalised ? (['embeddingNorm'] as const) : []),
    ...(projected === 'sum' ? (['projection'] as const) : []),
  ];
}

function blockKinds(
  { sharesNorm }: StackStructure,
  { normPlacement, positionKind }: ModelSummary,
  crosses: boolean,
): (readonly [BoxKind, SubLayer])[] {
  const positions: (readonly [BoxKind, SubLayer])[] = actsInAttention(positionKind)
    ? [['positions', 'attention']]
    : [];
  if (normPlacement === 'parallel')
    return [
      ['norm', 'attention'],
      ...(sharesNorm ? [] : [['norm', 'feedForward'] as const]),
      ...positions,
      ['attention', 'attention'],
      ['feedForward', 'feedForward'],
      ['add', 'feedForward'],
    ];
  const subLayers: readonly SubLayer[] = crosses
    ? ['attention', 'cross', 'feedForward']
    : ['attention', 'feedForward'];
  return subLayers.flatMap((name): (readonly [BoxKind, SubLayer])[] => {
    const own = [...(name === 'attention' ? positions : []), [name, name] as const];
    return normPlacement === 'post'
      ? [...own, ['addNorm', name]]
      : [['norm', name], ...own, ['add', name]];
  });
}

function headKinds(head: Structure['head']): BoxKind[] {
  if (head === null) return [];
  return [
    ...(head.transform === null ? [] : (['transform'] as const)),
    ...(head.outputs === null ? [] : (['linear'] as const)),
    ...(head.probabilities === null ? [] : (['probabilities'] as const)),
    ...(head.outputs === null ? [] : (['choice'] as const)),
  ];
}
