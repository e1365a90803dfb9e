// Our own kernels go through a sum in one order, however the work is divided: at once or in steps, in
// one pass or a token at a time, all to the last bit.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { noProbe, type Probe } from '../../../src/transformer/probe';
import { unwatched } from '../../../src/transformer/runControl';
import { tokenBatch, type TokenBatch } from '../../../src/transformer/sequence';
import type { Decoding } from '../../../src/transformer/decoding';
import { GatherProbe } from '../../support/gatherProbe';
import { describeModels } from './smallModels';
import { IDS, smallPass, WRITTEN } from './smallPass';

const ENCODERS = ['bert', 'albert'];
const DECODERS = ['gpt2', 'gpt_neo', 'gpt_neox', 'gptj', 'llama', 'mistral', 'qwen2', 'qwen3'];
const BOTH = ['bart', 'marian', 't5', 'aiayn'];
const VARIANTS = ['bloom-3heads-untied', 'gemma-untied-bf16-sharded', 'opt-postnorm-proj'];
const reference = (name: string): string => `reference/${name}`;
const variant = (name: string): string => `variants/${name}`;
const WRITERS = [...[...DECODERS, ...BOTH].map(reference), ...VARIANTS.map(variant)];

/** A longer text: more tokens than a panel of keys holds, and no multiple of it. */
const LONG: readonly number[] = [...IDS, 7, 3, 32, 11, 54, 20, ...IDS.toReversed(), 3, 7, 12];
/** Two texts, one behind padding: its first queries see nothing. */
const PADDING = 4;
const PADDED = tokenBatch([LONG, LONG.toReversed()], {
  mask: [LONG.map(() => 1), LONG.map((_, i) => (i < PADDING ? 0 : 1))],
});

const attentionOf = (name: string): boolean => /attn\.(pattern|z)$/.test(name);

describeModels(
  'attention at once and in its steps',
  [...ENCODERS.map(reference), ...WRITERS],
  (model) => {
    const seen = async (source: TokenBatch, sees: (name: string) => boolean, probe?: Probe) => {
      const target = tokenBatch(Array.from({ length: source.batch }, () => WRITTEN));
      const pass = await smallPass(model(), { source, target, sees, ...(probe && { probe }) });
      const attention = [...pass.values].filter(([name]) => attentionOf(name));
      assert.ok(attention.length > 0);
      return { states: pass.states, attention: new Map(attention) };
    };
    for (const [what, source] of [
      ['one text', tokenBatch([LONG])],
      ['texts with padding', PADDED],
    ] as const) {
      it(`${what}: whoever sees the scores changes nothing`, async () => {
        const atOnce = await seen(source, attentionOf);
        const inSteps = await seen(source, (name) => attentionOf(name) || name.endsWith('.scores'));
        assert.deepEqual(inSteps, atOnce);
      });

      it(`${what}: nor does a pattern that is put in its own place`, async () => {
        const atOnce = await seen(source, attentionOf);
        const same = new GatherProbe(
          (name) => name.endsWith('.pattern'),
          (_, value) => tf.mul(value, 1),
        );
        assert.deepEqual(await seen(source, attentionOf, same), atOnce);
      });
    }
  },
  ['own'],
);

describeModels(
  'decoding in steps and in one pass',
  WRITERS,
  (model) => {
    /** Decodes the texts from one column to another, or other ones. */
    type Step = (from: number, to: number, others?: number[][]) => Promise<Seen>;
    const withDecoding = async (use: (decoding: Decoding, step: Step) => Promise<void>) => {
      const source = tokenBatch([IDS, IDS.toReversed()]);
      const states = model().encoder ? await model().encode(source, noProbe, unwatched) : null;
      const decoding = model().startDecoding(states && { states, tokens: source });
      const name = `${model().decoder!.parts.blocks.at(-1)!.name}.attn.pattern`;
      try {
        await use(decoding, async (from, to, others) => {
          const probe = new GatherProbe((one) => one === name);
          const out = await decoding.run(
            others ? tokenBatch(others) : columns(from, to),
            probe,
            unwatched,
          );
          const numbers = out.dataSync<'float32'>();
          out.dispose();
          return new Seen(numbers, probe.values.get(name)!, probe.shapes.get(name)!);
        });
      } finally {
        decoding.dispose();
        tf.dispose(states!);
      }
    };
    /** All at once. */
    const whole = async (): Promise<Seen> => {
      let seen: Seen | undefined;
      await withDecoding(async (_, step) => {
        seen = await step(0, LONG.length);
      });
      return seen!;
    };
    /** Decodes on to the end a few tokens at a time, and compares whatever is not padding. */
    const compare = async (expected: Seen, step: Step, from: number): Promise<void> => {
      for (let at = from; at < LONG.length;) {
        const to = Math.min(at + (at === 8 ? 6 : 1), LONG.length);
        const seen = await step(at, to);
        for (const text of [0, 1])
          for (let token = Math.max(at, text * PADDING); token < to; token++) {
            const same = expected.token(text, token, token);
            assert.deepEqual(seen.token(text, token - at, token), same, `${text}: ${token}`);
          }
        at = to;
      }
    };

    it('have the same bits', async () => {
      const expected = await whole();
      await withDecoding(async (_, step) => compare(expected, step, 0));
    });

    it('have them after tokens were taken back', async () => {
      const expected = await whole();
      await withDecoding(async (decoding, step) => {
        await step(0, 3);
        for (const kept of [3, 2, 0]) {
          decoding.truncate(kept);
          await step(12, 22);
          decoding.truncate(kept);
          await compare(expected, step, kept);
        }
      });
    });

    it('have them after texts changed places, were lost and doubled', async () => {
      const expected = await whole();
      await withDecoding(async (decoding, step) => {
        await step(0, 7);
        decoding.reorder(Int32Array.of(1, 0, 1));
        decoding.reorder(Int32Array.of(1, 1, 0, 2));
        // Both begin twice now, and go on in different ways.
        const seen = await step(7, 8, [[LONG[7]!], [5], [6], [LONG.at(-8)!]]);
        assert.deepEqual(seen.token(0, 0, 7), expected.token(0, 7, 7));
        assert.deepEqual(seen.token(3, 0, 7), expected.token(1, 7, 7));
        decoding.reorder(Int32Array.of(0, 3));
        await compare(expected, step, 8);
      });
    });
  },
  ['own'],
);

/** Columns of the texts. */
function columns(from: number, to: number): TokenBatch {
  const rows = [LONG, LONG.toReversed()].map((ids) => ids.slice(from, to));
  const padding = rows.map((ids, text) => ids.map((_, i) => (from + i < text * PADDING ? 0 : 1)));
  return tokenBatch(rows, { mask: padding });
}

/** What a step over some texts gave. */
class Seen {
  constructor(
    private readonly states: Float32Array, // [text · token, width]
    private readonly pattern: Float32Array, // [text, head, query, key]
    private readonly shape: readonly number[],
  ) {}

  /** States of a token of the step, and what each head gives the tokens up to one of the text. */
  token(text: number, token: number, last: number) {
    const [texts = 0, heads = 0, queries = 0, keys = 0] = this.shape;
    const width = this.states.length / (texts * queries);
    const row = text * queries + token;
    const states = this.states.slice(row * width, (row + 1) * width);
    const pattern = Array.from({ length: heads }, (_, head) => {
      const start = ((text * heads + head) * queries + token) * keys;
      return this.pattern.slice(start, start + last + 1);
    });
    return { states, pattern };
  }
}
