import assert from 'node:assert/strict';
import type { TransformerConfig } from '../../../src/transformer/config';
import type { PromptRows, StepModel } from '../../../src/transformer/generate/stepModel';

export type Tables = readonly [last: number[][], before: number[][], position: number[][]];

/** Logits from tables instead of a network; remembers each row's tokens as a cache would. */
export class TableModel implements StepModel {
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
export const tableConfig = {
  padToken: 0,
  endTokens: [1],
  decoderStartToken: 0,
} as unknown as TransformerConfig;
