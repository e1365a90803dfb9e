import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { TransformerConfig } from '../../../src/transformer/config';
import { beamSearch } from '../../../src/transformer/generate/beam';
import { generationOptions } from '../../../src/transformer/generate/generationOptions';
import { greedy } from '../../../src/transformer/generate/greedy';
import type { PromptRows, StepModel } from '../../../src/transformer/generate/stepModel';

interface Case {
  readonly options: Record<string, unknown>;
  readonly tables: number;
  readonly prompt: number[][];
  readonly maxNewTokens: number;
  readonly beams: number;
  readonly sequences: number[][];
  readonly scores: number[] | null;
}

type Tables = readonly [last: number[][], before: number[][], position: number[][]];

const fixture: { tables: Tables[]; cases: Case[] } = JSON.parse(
  readFileSync('test/fixtures/generation/cases.json', 'utf8'),
);

/** Allowed difference of a score: a few roundings of float32. */
const TOLERANCE = 1e-5;

/** Logits from tables instead of a network; remembers each row's tokens as a cache would. */
class TableModel implements StepModel {
  private rows: number[][] = [];

  constructor(private readonly tables: Tables) {}

  begin({ rows }: PromptRows): Promise<Float32Array> {
    assert.equal(this.rows.length, 0, 'once, first');
    this.rows = rows.map((row) => [...row]);
    return this.logits();
  }

  step(tokens: Int32Array): Promise<Float32Array> {
    assert.equal(tokens.length, this.rows.length, 'one token a row');
    this.rows.forEach((row, i) => row.push(tokens[i]!));
    return this.logits();
  }

  private logits(): Promise<Float32Array> {
    const [last, before, position] = this.tables;
    const logits = this.rows.flatMap((row) => {
      const previous = row.length > 1 ? before[row.at(-2)!] : undefined;
      return last[row.at(-1)!]!.map(
        (value, token) =>
          (value + position[row.length - 1]![token]! + (previous?.[token] ?? 0)) / 64,
      );
    });
    return Promise.resolve(Float32Array.from(logits));
  }

  reorder(rows: Int32Array): void {
    this.rows = Array.from(rows, (row) => [...this.rows[row]!]);
  }

  dispose(): void {}
}

/** Only the three token ids are read from it, and the cases set them all. */
const config = {
  padToken: 0,
  endTokens: [1],
  decoderStartToken: 0,
} as unknown as TransformerConfig;

describe('generation against Hugging Face transformers, on tables of logits', () => {
  for (const [number, one] of fixture.cases.entries()) {
    const { eos_token_id: _, pad_token_id: __, bos_token_id: ___, ...rules } = one.options;
    const name = `${number}: ${one.prompt.length} × ${one.prompt[0]!.length}, ${one.beams} beams, ${JSON.stringify(rules)}`;
    it(name, async () => {
      const model = new TableModel(fixture.tables[one.tables]!);
      const task = { ...one, prompt: { rows: one.prompt } };
      const options = generationOptions(config, {}, one.options);
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
