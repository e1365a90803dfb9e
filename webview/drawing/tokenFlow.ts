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
  | { readonly kind: 'text'; readonly text: string };

const LINE_BREAK = /\r\n|\r|\n/;

/** Whether a token is, or ends with, a line break; several tokens may share one character. */
function endsLine(text: string, tokens: readonly Token[], index: number): boolean {
  const span = tokens[index]?.span ?? null;
  const next = tokens[index + 1]?.span ?? null;
  if (span === null || next === null || next[0] < span[1]) return false;
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

/** Tokens with character spans, over their text. */
export function flowOfText(tokens: readonly Token[], text: string): FlowItem[] {
  const items: FlowItem[] = [];
  let end: number | null = null;
  tokens.forEach(({ span }, index) => {
    if (span === null) {
      if (index > 0) items.push({ kind: 'gap' });
      items.push({ kind: 'token', index, joined: false });
      return;
    }
    const gap = end === null ? [] : between(text.slice(end, span[0]));
    // The tokens before the text's first are special ones: set them apart.
    if (end === null && index > 0) gap.push({ kind: 'gap' });
    items.push(...gap, { kind: 'token', index, joined: end !== null && gap.length === 0 });
    if (endsLine(text, tokens, index)) items.push({ kind: 'break', sign: false });
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
