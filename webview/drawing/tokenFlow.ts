/**
 * Lays tokens out as the text they came from: what stands between two tokens is a gap, a line
 * break, or characters no token stands for. Pure; the page turns the items into elements.
 */
import type { Token } from '../../src/protocol/trace';

export type FlowItem =
  | { readonly kind: 'token'; readonly index: number; readonly joined: boolean }
  | { readonly kind: 'gap' }
  /** A line break; `sign` where no token shows it already. */
  | { readonly kind: 'break'; readonly sign: boolean }
  | { readonly kind: 'text'; readonly text: string }
  /** The first (0) or second (1) of two texts begins, or what the model wrote after the text. */
  | { readonly kind: 'part'; readonly part: 0 | 1 | 'output' };

const LINE_BREAK = /\r\n|\r|\n/;

/** Whether a token is, or ends with, a line break; several tokens may share one character. */
function endsLine(text: string, tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const next = tokens[index + 1];
  if (token?.span == null || next?.span == null || token.part !== next.part) return false;
  const { span } = token;
  if (next.span[0] < span[1]) return false;
  const last = text[span[1] - 1];
  return last === '\n' || (last === '\r' && text[span[1]] !== '\n');
}

/** What white space and loose characters between two tokens become. */
function between(text: string): FlowItem[] {
  const items: FlowItem[] = [];
  text.split(LINE_BREAK).forEach((line, i) => {
    if (i > 0) items.push({ kind: 'break', sign: true });
    const words = line.trim();
    if (words !== '') items.push({ kind: 'text', text: words });
    else if (line !== '' && i === 0) items.push({ kind: 'gap' });
  });
  return items;
}

/** Tokens with character spans, over their text; of a pair, each over its own; then what was written. */
export function flowOfText(
  tokens: readonly Token[],
  text: string,
  pair: string | null = null,
): FlowItem[] {
  const written = tokens.findIndex(({ part }) => part === 'output');
  if (written >= 0)
    return [
      ...flowOfText(tokens.slice(0, written), text, pair),
      ...flowOfOutput(tokens.slice(written), written),
    ];
  const items: FlowItem[] = [];
  let end: number | null = null;
  let part: Token['part'] = null;
  tokens.forEach((token, index) => {
    const { span } = token;
    if (pair !== null && (token.part === 0 || token.part === 1) && token.part !== part) {
      part = token.part;
      end = null;
      if (index > 0 && part === 1) items.push({ kind: 'break', sign: false });
      items.push({ kind: 'part', part });
    }
    if (span === null) {
      if (index > 0) items.push({ kind: 'gap' });
      items.push({ kind: 'token', index, joined: false });
      return;
    }
    const own = token.part === 1 && pair !== null ? pair : text;
    const gap = end === null ? [] : between(own.slice(end, span[0]));
    // The tokens before the text's first are special ones: set them apart. And some tokenizers
    // count the space before a word to its first token.
    const spaced = gap.length === 0 && /^\s+\S/u.test(own.slice(...span));
    if (index > 0 && (end === null || spaced)) gap.push({ kind: 'gap' });
    items.push(...gap, { kind: 'token', index, joined: end !== null && gap.length === 0 });
    if (endsLine(own, tokens, index)) items.push({ kind: 'break', sign: false });
    end = Math.max(end ?? 0, span[1]);
  });
  return items;
}

/** How vocabularies mark that a space stands before a piece: SentencePiece and byte-level BPE. */
const WORD_START = /^[▁Ġ]/u;

/** Tokens without spans, as a model writes them: pieces say where words begin. */
export function flowOfPieces(tokens: readonly Token[]): FlowItem[] {
  return tokens.flatMap((token, index): FlowItem[] => {
    const previous = tokens[index - 1];
    const apart =
      previous !== undefined && (WORD_START.test(token.piece) || token.special || previous.special);
    const item: FlowItem = { kind: 'token', index, joined: index > 0 && !apart };
    return apart ? [{ kind: 'gap' }, item] : [item];
  });
}

/**
 * What a model wrote after the reader's text. By its pieces, too: while it is being written its text
 * is not known, and what stands already must not move when it is.
 */
function flowOfOutput(tokens: readonly Token[], first: number): FlowItem[] {
  const items: FlowItem[] = [
    { kind: 'break', sign: false },
    { kind: 'part', part: 'output' },
  ];
  for (const item of flowOfPieces(tokens)) {
    if (item.kind !== 'token') {
      items.push(item);
      continue;
    }
    items.push({ ...item, index: first + item.index });
    if (tokens[item.index]?.label.endsWith('\n')) items.push({ kind: 'break', sign: false });
  }
  return items;
}
