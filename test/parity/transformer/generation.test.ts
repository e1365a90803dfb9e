import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beamSearch } from '../../../src/transformer/generate/beam';
import { generationOptions } from '../../../src/transformer/generate/generationOptions';
import { greedy } from '../../../src/transformer/generate/greedy';
import { TableModel, tableConfig, type Tables } from './tableModel';

interface Case {
  readonly options: Record<string, unknown>;
  readonly tables: number;
  readonly prompt: number[][];
  readonly maxNewTokens: number;
  readonly beams: number;
  readonly sequences: number[][];
  readonly scores: number[] | null;
}

const fixture: { tables: Tables[]; cases: Case[] } = JSON.parse(
  readFileSync('test/fixtures/generation/cases.json', 'utf8'),
);

/** Allowed difference of a score: a few roundings of float32. */
const TOLERANCE = 1e-5;

describe('generation against Hugging Face transformers, on tables of logits', () => {
  for (const [number, one] of fixture.cases.entries()) {
    const { eos_token_id: _, pad_token_id: __, bos_token_id: ___, ...rules } = one.options;
    const name = `${number}: ${one.prompt.length} × ${one.prompt[0]!.length}, ${one.beams} beams, ${JSON.stringify(rules)}`;
    it(name, async () => {
      const model = new TableModel(fixture.tables[one.tables]!);
      const task = { ...one, prompt: { rows: one.prompt } };
      const options = generationOptions(tableConfig, {}, one.options);
      if (one.beams === 1) {
        assert.deepEqual(await greedy(model, task, options), one.sequences);
        return;
      }
      const { sequences, scores } = await beamSearch(model, task, options);
      assert.deepEqual(sequences, one.sequences);
      for (const [row, score] of one.scores!.entries()) {
        assert.ok(
          Math.abs(scores[row]! - score) <= TOLERANCE,
          `row ${row}: ${scores[row]} for ${score}`,
        );
      }
    });
  }

  it('holds cases of every kind', () => {
    const kinds = new Set(fixture.cases.map((one) => `${one.beams > 1}/${one.prompt.length > 1}`));
    assert.equal(kinds.size, 4);
  });
});
