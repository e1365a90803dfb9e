import type { Unit } from './address';
import type { Token } from './trace';

/** Neighbouring tokens that a view shows as one. */
export interface TokenGroup {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
}

/** Runs of tokens that belong to one word, in order; a token without a word is a group by itself. */
export function wordsOfTokens(tokens: readonly Token[]): TokenGroup[] {
  const groups: { first: number; last: number }[] = [];
  for (const [index, { word, part }] of tokens.entries()) {
    const group = groups.at(-1);
    const before = tokens[index - 1];
    const joins = word !== null && before?.word === word && before.part === part;
    if (group && joins) group.last = index;
    else groups.push({ first: index, last: index });
  }
  return groups;
}

/** Groups of a unit: each token by itself, or words. */
export const groupsOf = (tokens: readonly Token[], unit: Unit): readonly TokenGroup[] =>
  unit === 'word'
    ? wordsOfTokens(tokens)
    : tokens.map((_, index) => ({ first: index, last: index }));

/**
 * What a view lists: the tokens, or one entry a word that reads like a token: the characters from its
 * first to its last token, the id of the first.
 */
export function entriesOf(
  tokens: readonly Token[],
  unit: Unit,
  /** The texts of parts 0 and 1; of the target side, what its tokens decode to. */
  texts: readonly (string | null)[],
  /** The text of output tokens that stand on the source side. */
  output = '',
): readonly Token[] {
  if (unit === 'token') return tokens;
  return wordsOfTokens(tokens).map(({ first, last }) => {
    const [token, end] = [tokens[first]!, tokens[last]!];
    if (first === last) return token;
    const span = joined(token.span, end.span);
    const text = token.part === 'output' ? output : (texts[token.part ?? 0] ?? '');
    const pieces = tokens.slice(first, last + 1);
    return {
      ...token,
      piece: pieces.map(({ piece }) => piece).join(' '),
      // While output is being written its text is not there yet.
      label:
        span && span[1] <= text.length
          ? text.slice(span[0], span[1])
          : pieces.map(({ label }) => label).join(''),
      span,
      special: pieces.every(({ special }) => special),
    };
  });
}

/** The group a token belongs to. */
export const groupOf = (groups: readonly TokenGroup[], token: number): number =>
  groups.findIndex(({ first, last }) => first <= token && token <= last);

function joined(first: Token['span'], last: Token['span']): Token['span'] {
  return first && last ? [first[0], last[1]] : (first ?? last);
}
