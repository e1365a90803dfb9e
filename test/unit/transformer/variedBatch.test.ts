// Several texts at once are varied as each by itself.
import assert from 'node:assert/strict';
import { mutedHeads } from '../../../src/transformer/interventions/mutedHeads';
import { otherQuery } from '../../../src/transformer/interventions/otherQuery';
import { composedProbes } from '../../../src/transformer/interventions/composedProbes';
import { tokenBatch } from '../../../src/transformer/sequence';
import { maxAbs } from '../../support/reference';
import { describeModels } from './smallModels';
import { both, IDS, smallPass } from './smallPass';

const MODELS = ['reference/bert', 'reference/llama', 'variants/bloom-3heads-untied'];
const TEXTS = [IDS, IDS.toReversed()];
/** The first text is padded. */
const MASK = [IDS.map((_, i) => (i < 2 ? 0 : 1)), IDS.map(() => 1)];

describeModels('a batch', MODELS, (model) => {
  it('is varied row by row', async () => {
    const { blocks } = (model().encoder ?? model().decoder)!.parts;
    const name = `${blocks[0]!.name}.attn`;
    const variations = both({
      places: { kind: 'swapped', first: 3, second: 6 },
      scoreFunctions: new Map([[name, { function: 'cosine', heads: new Set([1]) }]]),
    });
    const probe = composedProbes([
      mutedHeads(new Map([[name, new Set([0])]])),
      otherQuery(new Set([name]), new Set([1, 2]), 7, 4),
    ]);
    const run = (rows: readonly number[]) =>
      smallPass(model(), {
        source: tokenBatch(
          rows.map((row) => TEXTS[row]!),
          { mask: rows.map((row) => MASK[row]!) },
        ),
        variations,
        probe,
      });
    const together = await run([0, 1]);
    const size = IDS.length * together.width;
    for (const row of [0, 1]) {
      const alone = await run([row]);
      // Padding sees what its place in the batch lets it see; nobody sees padding.
      const first = MASK[row]!.indexOf(1) * together.width;
      const part = together.states.subarray(row * size + first, (row + 1) * size);
      assert.ok(maxAbs(part, alone.states.subarray(first)) <= 1e-6);
    }
  });
});
