/** A second text to compare the reference text with: “… because it was too very wide.” */
import type { Token } from '../../src/protocol/trace';
import { tokenOf } from '../support/traceParts';
import { patterns, seeded, type Fixture } from './fixture';

/** Where “tired” stands in the reference text. */
export const TIRED = 13;

/** The reference run with two words in place of “tired”: one token more, and other attention. */
export function wideFixture(reference: Fixture): Fixture {
  const random = seeded(23);
  const { text, source } = reference.plan;
  const [start, end] = source[TIRED]?.span ?? [0, 0];
  const words = ['very', 'wide'];
  const longer = words.join(' ').length - (end - start);
  const made = words.map((word, i) => {
    const at = start + words.slice(0, i).join(' ').length + i;
    const span: [number, number] = [at, at + word.length];
    const before = source[TIRED]?.word ?? 0;
    return tokenOf(word, { piece: `▁${word}`, id: 4700 + i, span, word: before + i, part: 0 });
  });
  const moved = source.slice(TIRED + 1).map((token): Token => {
    const { span, word } = token;
    return {
      ...token,
      span: span === null ? null : [span[0] + longer, span[1] + longer],
      word: word === null ? null : word + words.length - 1,
    };
  });
  const tokens = [...source.slice(0, TIRED), ...made, ...moved];
  const anew = (matrices: number[][][][], queries: number): number[][][][] =>
    matrices.map((heads) => heads.map(() => patterns(random, queries, tokens.length, false)));
  const { encoder, decoder, cross } = reference.attention;
  return {
    ...reference,
    plan: {
      ...reference.plan,
      text: text.slice(0, start) + words.join(' ') + text.slice(end),
      source: tokens,
    },
    attention: {
      encoder: anew(encoder, tokens.length),
      decoder,
      cross: anew(cross, reference.written.length),
    },
  };
}

/** The same run of another model: other ids for the same pieces. */
export function otherModel(reference: Fixture): Fixture {
  const { plan } = reference;
  const source = plan.source.map((token) => ({ ...token, id: token.id + 10_000 }));
  return { ...reference, plan: { ...plan, source, model: { ...plan.model, name: 'other-model' } } };
}
