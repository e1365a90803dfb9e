import type { Checkpoint } from '../checkpoint/checkpoint';
import type { Half } from '../protocol/address';
import type { ParameterPart, Structure } from '../protocol/structure';
import type { TransformerConfig } from '../transformer/config';
import type {
  AttentionNames,
  BlockNames,
  LinearNames,
  StackNames,
  WeightNames,
} from '../transformer/families/weightNames';

type Name = string | null | undefined;

/** How norms are named below their prefix (see `Weights.norm`). */
const NORM_ENDINGS = ['', '.weight', '.bias', '.gamma', '.beta'];

/** Where a checkpoint's numbers are: each tensor that was read belongs to the first part that uses it. */
export function parameterCounts(
  config: TransformerConfig,
  names: WeightNames,
  checkpoint: Checkpoint,
): Pick<Structure, 'parameters' | 'unusedParameters'> {
  const unread = new Set(checkpoint.unread());
  const claimed = new Set<string>();
  const parameters: Structure['parameters'] = [];
  const sizeOf = (name: string): number =>
    (checkpoint.entry(name)?.shape ?? [0]).reduce((product, size) => product * size, 1);
  const claim = (part: ParameterPart, half: Half | null, parts: readonly Name[]): void => {
    const own = parts.flatMap((name) =>
      name == null
        ? []
        : NORM_ENDINGS.map((ending) => `${name}${ending}`).filter(
            (found) => checkpoint.names.has(found) && !unread.has(found) && !claimed.has(found),
          ),
    );
    const read = new Set(own);
    for (const name of read) claimed.add(name);
    const count = [...read].reduce((sum, name) => sum + sizeOf(name), 0);
    if (count > 0) parameters.push({ part, half, count });
  };
  for (const half of ['encoder', 'decoder'] as const) {
    const stack = names[half];
    if (stack) claimStack(stack, config[half]!.layers, (part, parts) => claim(part, half, parts));
  }
  const { head } = names;
  claim('headTransform', null, [...linear(head?.transform), head?.transformNorm]);
  claim('output', null, [...(head?.output ?? []), ...(head?.outputBias ?? [])]);
  const unused = [...unread].reduce(
    (sum, name) => sum + (checkpoint.names.has(name) ? sizeOf(name) : 0),
    0,
  );
  return { parameters, unusedParameters: unused };
}

function claimStack(
  names: StackNames,
  layers: number,
  claim: (part: ParameterPart, names: readonly Name[]) => void,
): void {
  claim('tokens', names.tokens);
  claim('positions', [names.positions]);
  claim('types', [names.types]);
  claim('embeddingNorm', [names.embeddingNorm]);
  claim('embeddingProjection', linear(names.projection));
  claim('relativeBias', [names.relativeBias]);
  const blocks = Array.from({ length: layers }, (_, layer) => names.block(layer));
  claim(
    'attention',
    blocks.flatMap(({ self }) => attention(self)),
  );
  claim(
    'cross',
    blocks.flatMap(({ cross }) => (cross ? attention(cross) : [])),
  );
  claim('feedForward', blocks.flatMap(feedForward));
  claim(
    'norms',
    blocks.flatMap(({ self, cross, feedForwardNorm }) => [self.norm, cross?.norm, feedForwardNorm]),
  );
  claim('finalNorm', [names.finalNorm]);
  claim('outProjection', linear(names.outProjection));
}

const linear = (names: LinearNames | null | undefined): Name[] => [names?.weight, names?.bias];

const attention = ({ projections, output, queryNorm, keyNorm }: AttentionNames): Name[] => [
  ...('order' in projections
    ? linear(projections.linear)
    : [projections.query, projections.key, projections.value].flatMap(linear)),
  ...linear(output),
  queryNorm,
  keyNorm,
];

const feedForward = ({ expand, linearHalf, contract }: BlockNames): Name[] =>
  [expand, linearHalf, contract].flatMap(linear);
