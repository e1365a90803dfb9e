/**
 * Where the tokens of an output stand in the document that shows it; offsets in UTF-16 units. Pure.
 *
 * A step reads one token and writes the next one. What is asked about a step (which of its weights
 * are large, who looks at a source token) is asked of the token that was read, its query; a person
 * who points at a word of the output means the step that wrote it. So in this document a query stands
 * on the token after it, the one its step wrote: the start token (or the last token of the text) on
 * the first written token, and the last token of all, which nobody reads, is nobody's query. Keys, the
 * tokens that are looked at, stand on their own characters.
 */
import { givenCount } from '../../navigation/traceState';
import type { TraceSnapshot } from '../../protocol/traceSnapshot';
import type { TokenGroup } from '../../protocol/words';
import { entrySpans } from '../editor/entrySpans';
import type { Span } from '../editor/trackedText';

const LINE_END = /\r\n?/g;

/** The text with one kind of line end, as documents have it. */
const evenly = (text: string): string => text.replaceAll(LINE_END, '\n');

/**
 * Of each token of the writing side, its own characters in a document; null where no text stands for
 * it (it was given to the model, or ends the sequence), or where the document does not hold it yet.
 */
export function outputSpans(snapshot: TraceSnapshot, document: string): readonly (Span | null)[] {
  const place = placeIn(snapshot.output, document);
  return [
    ...Array.from({ length: givenCount(snapshot) }, () => null),
    ...snapshot.written.map(({ token: { span } }) => span && place(span)),
  ];
}

/** Where characters of an output stand in a document that holds it, or some of it; null: not there. */
export function placeIn(output: string, document: string): (span: Span) => Span | null {
  const [there, here] = [evenly(output), evenly(document)];
  const shared = sharedBeginning(there, here);
  /** From an offset of the output to one of the text with one kind of line end. */
  const even = (offset: number): number =>
    there.length === output.length ? offset : evenly(output.slice(0, offset)).length;
  /** And from there to one of the document, where every line end may be two characters. */
  const inDocument = (offset: number): number =>
    here.length === document.length ? offset : offset + linesIn(here.slice(0, offset));
  return (span) => {
    const [start, end] = [even(span[0]), even(span[1])];
    return end <= shared ? [inDocument(start), inDocument(end)] : null;
  };
}

const linesIn = (text: string): number => text.split('\n').length - 1;

/** Characters that two texts begin with. */
function sharedBeginning(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a[shared] === b[shared]) shared++;
  return shared;
}

/** Of each entry of the writing side as a query: the characters of what its steps wrote. */
export const stepSpans = (
  groups: readonly TokenGroup[],
  spans: readonly (Span | null)[],
): readonly (Span | null)[] =>
  entrySpans(
    groups.map(({ first, last }) => ({ first: first + 1, last: last + 1 })),
    spans,
  );
