// Sentences of one length may be translated together only if that changes no bit: so it is with the
// kernels of Headlight, and `score` does it with no others.
import assert from 'node:assert/strict';
import { LoadedModel } from '../../../src/engine/loadedModel';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { prepareText } from '../../../src/engine/prepareText';
import { CachedSteps } from '../../../src/transformer/cachedSteps';
import { noProbe } from '../../../src/transformer/probe';
import { unwatched } from '../../../src/transformer/runControl';
import { tokenBatch } from '../../../src/transformer/sequence';
import { describeKernels } from '../../support/kernels';

const SENTENCES = [
  "The dog didn't cross the street.",
  "The cats didn't leave the house.",
  'My brother likes the green car.',
  'This is a very short sentence.',
];
/** Enough for keys and values of several steps to be kept. */
const STEPS = 5;

describeKernels(
  'sentences translated together',
  () => {
    it('have the logits they have by themselves, to the bit', async () => {
      const folder = new NodeModelFolder('media/models/translate-en');
      const model = await LoadedModel.load(folder, { aborted: false });
      const all = SENTENCES.map((text) =>
        prepareText(model, { text, language: 'fra', pair: null, trainedTokens: null }).source.map(
          ({ id }) => id,
        ),
      );
      const { length } = all[0]!;
      const rows = [0, 1, 2, 3, 4].flatMap(() => all.filter((row) => row.length === length));
      assert.ok(new Set(rows.map((row) => row.join())).size > 1, 'there are several of one length');
      const together = await logitsOf(model, rows);
      for (const [i, row] of rows.slice(0, rows.length / 5).entries()) {
        const [alone] = await logitsOf(model, [row]);
        assert.deepEqual(together[i], alone);
      }
      model.dispose();
    });
  },
  ['own'],
);

/** `[row]`: logits of all steps, each row going on with its own likeliest token. */
async function logitsOf(
  { transformer, startToken }: LoadedModel,
  rows: readonly (readonly number[])[],
): Promise<number[][]> {
  const tokens = tokenBatch(rows);
  const states = await transformer.encode(tokens, noProbe, unwatched);
  const steps = new CachedSteps(transformer, transformer.startDecoding({ states, tokens }));
  const kept = rows.map((): number[] => []);
  let logits = await steps.begin({ rows: rows.map(() => [startToken]) });
  for (let step = 0; step < STEPS; step++) {
    const width = logits.length / rows.length;
    const next = rows.map((_, row) => {
      const own = logits.subarray(row * width, (row + 1) * width);
      kept[row]!.push(...own);
      return own.indexOf(own.reduce((most, one) => Math.max(most, one)));
    });
    logits = await steps.step(Int32Array.from(next));
  }
  steps.dispose();
  states.dispose();
  return kept;
}
