// A token table that is the output, too, is kept once and read both ways.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { TiedTable } from '../../../src/transformer/tokenTable';
import type { Transformer } from '../../../src/transformer/transformer';
import { describeModels } from './smallModels';
import { IDS, smallPass } from './smallPass';

const TIED = [
  ...['bert', 'gpt2', 'marian', 'bart', 't5', 'albert', 'roberta'].map(
    (name) => `reference/${name}`,
  ),
  'variants/opt-postnorm-proj',
];
const UNTIED = [...['gpt_neox', 'gptj', 'llama'].map((name) => `reference/${name}`)];

const tableOf = ({ encoder, decoder }: Transformer) =>
  (decoder ?? encoder)!.parts.embeddings.tokens;

describeModels('tied tables', TIED, (model) => {
  it('are the output matrix', () => {
    const table = tableOf(model());
    assert.ok(table instanceof TiedTable);
    assert.equal(table.matrix, model().head!.parts.output!.weight);
    assert.equal(table.vocabulary, model().head!.config.outputs);
  });

  it('have the columns of the matrix for rows', () => {
    const { matrix } = tableOf(model()) as TiedTable;
    const [rows, columns] = tf.tidy(() => [
      tableOf(model()).rows(Int32Array.from(IDS)).dataSync<'float32'>().slice(),
      tf
        .transpose(tf.gather(matrix.plain(), tf.tensor1d([...IDS], 'int32'), 1))
        .dataSync<'float32'>()
        .slice(),
    ]);
    assert.deepEqual(rows, columns);
  });
});

describeModels('tables that nothing is tied to', UNTIED, (model) => {
  it('are another matrix than the output', async () => {
    const table = tableOf(model());
    assert.ok(!(table instanceof TiedTable));
    const { values } = await smallPass(model(), { sees: (name) => name.endsWith('embed') });
    const rows = tf.tidy(() => table.rows(Int32Array.from(IDS)).dataSync<'float32'>().slice());
    assert.deepEqual(values.get('embed'), rows);
  });
});
