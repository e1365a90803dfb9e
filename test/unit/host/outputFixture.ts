// Runs that have written: a translator's “Un chat”, and what a decoder made of “An unbelievable cat”.
import type { Token } from '../../../src/protocol/trace';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { plainWriting } from '../../../src/protocol/writing';
import { written } from '../../support/writings';
import { plan } from './fakeEngine';
import { decoderPlan, readBy, special } from './wordFixture';

/** A token of an output; one of a decoder stands on the side of the text. */
const wrote = (
  label: string,
  span: [number, number] | null,
  part: Token['part'] = null,
): Token => ({
  ...special(label),
  ...{ span, part, special: span === null },
});

/** `[label, span]` of each token; null: no characters stand for it. */
type Output = readonly (readonly [string, [number, number] | null])[];

const wroteAll = (
  output: string,
  tokens: Output,
  part: Token['part'] = null,
): Partial<TraceSnapshot> => ({
  output,
  written: tokens.map(([label, span]) => written(wrote(label, span, part))),
});

export const translated = (output: string, tokens: Output): TraceSnapshot =>
  readBy(plan, wroteAll(output, tokens));

/** `Un chat` and the end: three steps, the queries of which are the start token, `Un` and `chat`. */
export const french = translated('Un chat', [
  ['Un', [0, 2]],
  ['chat', [3, 7]],
  ['</s>', null],
]);

/** Behind five tokens of the text two of its own. */
export const continued = readBy(
  { ...decoderPlan, writing: plainWriting },
  wroteAll(
    ' sat down',
    [
      ['sat', [1, 4]],
      ['down', [5, 9]],
    ],
    'output',
  ),
);
