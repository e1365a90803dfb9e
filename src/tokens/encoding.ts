import type { Span } from './alignedText';
import type { Part, Template, Trims } from './template';
import { trimSpan } from './trimSpan';
import { wordsOf } from './words';

/** One text or two as a model reads them; all lists are as long as `ids`. */
export interface Encoding {
  readonly ids: number[];
  /** As the vocabulary spells them; an unknown token of a Unigram model as the text spells it. */
  readonly tokens: string[];
  /** In the token's own text. Null for special tokens that no text stands for. */
  readonly spans: (Span | null)[];
  /** Numbered on from the first text to the second: no word lies in both. */
  readonly words: (number | null)[];
  /** From the template, or a special token written in the text. An unknown token stands for text: it is none. */
  readonly special: boolean[];
  /** What transformers calls token_type_ids. */
  readonly typeIds: number[];
  /** Which of the two texts a token stands for; null for a token of the template. */
  readonly parts: (Part | null)[];
}

/** A token cut out of a text. */
export interface Found {
  readonly id: number;
  readonly piece: string;
  readonly span: Span;
  readonly special: boolean;
}

/** A text and the tokens it was cut into. */
export interface Cut {
  readonly text: string;
  readonly found: readonly Found[];
}

/** Puts the tokens of one text or two into their places of a template. Null: it has none for two. */
export function fillTemplate(
  { single, pair, trims }: Template,
  cuts: readonly Cut[],
  special: boolean,
): Encoding | null {
  const items = cuts.length > 1 ? pair : single;
  if (items === null) return null;
  const texts = describe(cuts, trims);
  const encoding: Encoding = {
    ids: [],
    tokens: [],
    spans: [],
    words: [],
    special: [],
    typeIds: [],
    parts: [],
  };
  const put = (token: Described, typeId: number, part: Part | null): void => {
    encoding.ids.push(token.id);
    encoding.tokens.push(token.piece);
    encoding.spans.push(token.span);
    encoding.words.push(token.word);
    encoding.special.push(token.special);
    encoding.typeIds.push(typeId);
    encoding.parts.push(part);
  };
  for (const item of items)
    if ('part' in item)
      for (const token of texts[item.part] ?? []) put(token, item.typeId, item.part);
    else if (special)
      put({ ...item.token, span: null, special: true, word: null }, item.typeId, null);
  return encoding;
}

interface Described extends Omit<Found, 'span'> {
  readonly span: Span | null;
  readonly word: number | null;
}

/** Trims the spans and numbers the words, on through all texts. */
function describe(cuts: readonly Cut[], trims: Trims): readonly (readonly Described[])[] {
  let before = 0;
  return cuts.map(({ text, found }) => {
    const spans = found.map(({ piece, span }) =>
      trimSpan(text, withoutBlanks(text, piece, span, trims)),
    );
    const words = wordsOf(
      text,
      spans.map((span, index) => (found[index]?.special ? null : span)),
    );
    const first = before;
    for (const word of words) if (word !== null) before = Math.max(before, first + word + 1);
    return found.map((token, index) => {
      const word = words[index] ?? null;
      return { ...token, span: spans[index] ?? null, word: word === null ? null : first + word };
    });
  });
}

/**
 * `ĠÂ` over a space and half a no-break space stands for the latter: `trimSpan`, which knows no
 * pieces, would find nothing but white space in it. One that is all spaces keeps them.
 */
function withoutBlanks(text: string, piece: string, span: Span, trims: Trims): Span {
  const [start, end] = span;
  if (trims === 'none' || (trims === 'notFirst' && start === 0)) return span;
  let from = start;
  // A blank that the tokenizer put before the text stands for no space.
  while (piece.charAt(from - start) === 'Ġ' && text.charAt(from) === ' ') from++;
  return from < end ? [from, end] : span;
}
