import assert from 'node:assert/strict';
import { referenceNames } from '../../../src/engine/referenceNames';
import { GatherProbe } from '../../support/gatherProbe';
import { batchesOf, type ReferenceInputs, type ReferenceModel } from '../../support/reference';

/** How far one case is from the reference. */
export interface CaseResult {
  /** Tensors compared. */
  readonly tensors: number;
  readonly worst: number;
  /** Name of the output that is worst. */
  readonly output: string;
}

/** Runs a case and holds every stored output against it: there, of the same shape, how far off. */
export async function compareCase(
  { model, expected, tensors }: ReferenceModel,
  name: string,
): Promise<CaseResult> {
  const { inputs, outputs } = expected.cases[name]!;
  const names = referenceNames(model.config);
  const probe = new GatherProbe((hook) => names.has(hook));
  const { source, target } = batchesOf(inputs);
  const { states, logits } = await model.forward(source, target, probe);
  states.dispose();
  logits?.dispose();
  const hooks = new Map(
    [...names].flatMap(([hook, aliases]) => aliases.map((alias) => [alias, hook] as const)),
  );
  const mask = expected.compare_rows.startsWith('only') ? inputs.attention_mask : undefined;
  let [worst, output] = [0, ''];
  for (const [key, { tensor, shape }] of Object.entries(outputs)) {
    const hook = hooks.get(key);
    const computed = hook === undefined ? undefined : probe.values.get(hook);
    assert.ok(computed, `${key} was not computed`);
    assert.deepEqual(probe.shapes.get(hook!), shape, key);
    const stored = await tensors.read(tensor ?? `${name}/${key}`);
    const difference = maxAbsOfRows(key, computed, stored, shape, mask);
    if (difference >= worst) [worst, output] = [difference, key];
  }
  return { tensors: Object.keys(outputs).length, worst, output };
}

/**
 * Largest difference over the queries that are not padding (all without a mask): what a query that may
 * see nothing gets is left to the implementation. NaN and another size count as infinite.
 */
export function maxAbsOfRows(
  name: string,
  computed: ArrayLike<number>,
  stored: ArrayLike<number>,
  shape: readonly number[],
  mask: ReferenceInputs['attention_mask'],
): number {
  if (computed.length !== stored.length) return Number.POSITIVE_INFINITY;
  const axis = name.includes('attentions') ? 2 : 1; // that counts queries
  const queries = shape[axis]!;
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const perRow = stored.length / shape[0]!;
  let largest = 0;
  for (let i = 0; i < stored.length; i++) {
    const query = Math.floor(i / inner) % queries;
    if (mask && mask[Math.floor(i / perRow)]![query] === 0) continue;
    const difference = Math.abs(computed[i]! - stored[i]!);
    if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, difference);
  }
  return largest;
}
