// The measures of heads on the reference implementation's own attention, worked out a second time:
// with whole matrices and masks instead of rows and lists.
import assert from 'node:assert/strict';
import type { AttendedText } from '../../../src/analysis/attendedText';
import { AttentionRecord } from '../../../src/analysis/attentionRecord';
import { HeadProfiler, type HeadMeasures } from '../../../src/analysis/headProfiler';
import { RowMeasures } from '../../../src/analysis/rowMeasures';
import { GatherProbe } from '../../support/gatherProbe';
import { batchesOf, loadReference, type ReferenceModel } from '../../support/reference';
import { describeKernels } from '../../support/kernels';

type Stack = 'encoder' | 'decoder' | 'cross';
type Matrix = number[][]; // [query][key]
type Mask = (query: number, key: number) => boolean;

/** Weights differ by less than 1e-6 here; entropies and distances add up a row of them. */
const TOLERANCE = 1e-5;
const CASE = 'nopad';
/** Places taken for special tokens: at the edge and inside, so that neighbours go missing too. */
const SPECIAL_PLACES = { source: [0, 3], target: [0] };

/** Mean over some rows of Σ over the keys of a mask; null without rows. */
function meanOverRows(matrix: Matrix, rows: number[], mask: Mask): number | null {
  if (rows.length === 0) return null;
  const total = rows
    .flatMap((query) => matrix[query]!.filter((_, key) => mask(query, key)))
    .reduce((sum, weight) => sum + weight, 0);
  return total / rows.length;
}

function expectedMeasures(
  stack: Stack,
  whole: Matrix,
  queries: AttendedText,
  keys: AttendedText,
  hide: boolean,
): HeadMeasures {
  const visible: Mask = (query, key) => stack !== 'decoder' || key <= query;
  const shown: Mask = (query, key) => visible(query, key) && !(hide && keys.special[key]);
  const all = whole.map((_, query) => query);
  const rows = all.filter((query) => !(hide && queries.special[query]));
  const matrix = whole.map((row, query) => {
    const kept = row.map((weight, key) => (shown(query, key) ? weight : 0));
    const sum = hide ? kept.reduce((total, weight) => total + weight, 0) : 1;
    return kept.map((weight) => weight / sum);
  });
  const map = (change: (weight: number, query: number, key: number) => number): Matrix =>
    matrix.map((row, query) => row.map((weight, key) => change(weight, query, key)));
  const everywhere: Mask = () => true;
  /** Over the rows that have a key of the mask among those shown. */
  const where = (mask: Mask): number | null =>
    meanOverRows(
      matrix,
      rows.filter((query) =>
        matrix[query]!.some((_, key) => mask(query, key) && shown(query, key)),
      ),
      (query, key) => mask(query, key) && shown(query, key),
    );
  const self = stack !== 'cross';
  const first = keys.special.findIndex((special) => !(hide && special));
  const surprise = map((weight) => (weight === 0 ? 0 : -weight * (Math.log(weight) / Math.LN2)));
  return {
    entropy: meanOverRows(surprise, rows, everywhere),
    previous: self ? where((query, key) => key === query - 1) : null,
    next: stack === 'encoder' ? where((query, key) => key === query + 1) : null,
    self: self ? where((query, key) => key === query) : null,
    first: where((_, key) => key === first),
    special: meanOverRows(whole, rows, (_, key) => keys.special[key]!),
    distance: self
      ? meanOverRows(
          map((weight, query, key) => weight * Math.abs(query - key)),
          rows,
          everywhere,
        )
      : null,
    duplicate: self
      ? where(
          (query, key) =>
            query !== key &&
            keys.ids[query] === keys.ids[key] &&
            !keys.special[query] &&
            !keys.special[key],
        )
      : null,
  };
}

for (const folder of ['test/fixtures/reference/aiayn', 'test/fixtures/reference/marian']) {
  describeKernels(`what heads do, by the reference’s attention: ${folder}`, () => {
    let reference: ReferenceModel;
    before(async () => {
      reference = await loadReference(folder);
    });
    after(async () => {
      reference.model.dispose();
      await reference.tensors.close();
    });

    it('every measure of every head, specials shown and hidden', async () => {
      const { model, expected, tensors } = reference;
      const { inputs } = expected.cases[CASE]!;
      const probe = new GatherProbe((hook) => hook.endsWith('.pattern'));
      const { source, target } = batchesOf(inputs);
      const { states, logits } = await model.forward(source, target, probe);
      states.dispose();
      logits?.dispose();
      const textOf = (ids: number[], places: number[]): AttendedText => ({
        ids,
        special: ids.map((_, place) => places.includes(place)),
      });
      const texts = {
        source: textOf(inputs.input_ids[0]!, SPECIAL_PLACES.source),
        target: textOf(inputs.decoder_input_ids![0]!, SPECIAL_PLACES.target),
      };
      const { encoder, decoder } = model.config;
      let compared = 0;
      for (const stack of ['encoder', 'decoder', 'cross'] as const) {
        const { layers } = (stack === 'encoder' ? encoder : decoder)!;
        const queries = stack === 'encoder' ? texts.source : texts.target;
        const keys = stack === 'decoder' ? texts.target : texts.source;
        const [rows, columns] = [queries.ids.length, keys.ids.length];
        for (let layer = 0; layer < layers; layer++) {
          const hook =
            stack === 'cross'
              ? `decoder.blocks.${layer}.cross_attn.pattern`
              : `${stack}.blocks.${layer}.attn.pattern`;
          const computed = probe.values.get(hook)!; // [head, query, key]
          const stored = await tensors.read(`${CASE}/${stack}_attentions.${layer}`);
          const heads = stored.length / (rows * columns);
          const record = new AttentionRecord(heads);
          record.append(computed, rows, columns);
          for (const hideSpecials of [false, true]) {
            const profiler = new HeadProfiler({ stack, queries, keys, hideSpecials });
            for (let head = 0; head < heads; head++) {
              const matrix = Array.from({ length: rows }, (_, query) => {
                const start = (head * rows + query) * columns;
                return [...stored.subarray(start, start + columns)];
              });
              const wanted = expectedMeasures(stack, matrix, queries, keys, hideSpecials);
              const measures = RowMeasures.of(profiler, record, null).means()[head]!;
              for (const name of Object.keys(wanted) as (keyof HeadMeasures)[]) {
                const [actual, right] = [measures[name], wanted[name]];
                const where = `${hook} head ${head} hide ${hideSpecials} ${name}: ${actual}, not ${right}`;
                if (right === null) assert.equal(actual, null, where);
                else assert.ok(actual !== null && Math.abs(actual - right) < TOLERANCE, where);
                compared++;
              }
            }
          }
        }
      }
      assert.ok(compared >= 2 * 8 * 3 * 2 * 2, String(compared));
    });
  });
}
