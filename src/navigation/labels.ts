/** Tokens as they are written out wherever a person reads them. */
import type { Candidate, Token } from '../protocol/trace';

/** A piece that is nothing but the mark for a space. */
const ONLY_SPACES = /^[▁Ġ]+$/u;

/**
 * What has no shape of its own or reorders what stands around it: controls, bidirectional marks,
 * zero-width spaces, halves of a pair; and the sign for a character that nobody knows.
 */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex -- naming control characters is the point
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffd]|\p{Surrogate}/gu;

/** Characters that shape their neighbours and, alone, show nothing: joiners, variation selectors. */
const ONLY_SHAPES_OTHERS = /^\p{Default_Ignorable_Code_Point}+$/u;

/** Unicode's pictures of the C0 controls and of delete. */
const CONTROL_PICTURES = 0x2400;
const DELETE = 0x7f;
const DELETE_PICTURE = '␡';

/** A sign for a character that shows none: `␀`, `⟨U+202E⟩`. */
function signOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(CONTROL_PICTURES + code);
  if (code === DELETE) return DELETE_PICTURE;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** Text in which every character can be seen, and none reorders others; white space stays. */
export function visibleText(text: string): string {
  if (ONLY_SHAPES_OTHERS.test(text)) return [...text].map(signOf).join('');
  const seen = text.replace(INVISIBLE, signOf);
  // A mark that stands on the letter of another token is drawn on Unicode's dotted circle.
  return /^\p{Mark}/u.test(seen) ? `◌${seen}` : seen;
}

/** A label that can be seen: white space and invisible characters get a sign. */
export function visibleLabel({ label, piece }: Pick<Token, 'label' | 'piece'>): string {
  const text = label === '' ? piece : label;
  if (ONLY_SPACES.test(text)) return '␣';
  const seen = visibleText(text);
  if (seen.trim() !== '') return seen.replace(/\s+/gu, ' ').trim();
  return (
    seen.replace(/\r?\n/g, '↵').replace(/\r/g, '␍').replace(/\t/g, '⇥').replace(/\s/gu, '␣') || '∅'
  );
}

/** Before a piece that goes on a word: `·ing` is not the word “ing”. */
export const JOINT = '·';

/** A candidate as lists name it. Its own label alone does not tell whether it begins a word. */
export function candidateName({
  label,
  continues,
}: Pick<Candidate, 'label' | 'continues'>): string {
  const seen = visibleLabel({ label, piece: label });
  return continues === true ? `${JOINT}${seen}` : seen;
}

/** The vocabulary's spelling, with its own mark for a space. */
export const visiblePiece = ({ piece }: Token): string => visibleText(piece);

/** Which of several tokens for the same characters one is, counted from 1. */
export interface Share {
  readonly number: number;
  readonly of: number;
}

/** Whether two tokens stand for the very same characters, as the four bytes of one emoji do. */
const together = (a: Token | undefined, b: Token | undefined): boolean =>
  a?.span != null &&
  b?.span != null &&
  a.part === b.part &&
  a.span[0] === b.span[0] &&
  a.span[1] === b.span[1];

/** The token's place among neighbours for the same characters; null: it has them to itself. */
export function shareOf(tokens: readonly Token[], index: number): Share | null {
  const token = tokens[index];
  let first = index;
  let last = index;
  while (together(token, tokens[first - 1])) first--;
  while (together(token, tokens[last + 1])) last++;
  return first === last ? null : { number: index - first + 1, of: last - first + 1 };
}

/** `1/4` */
export const shareMark = ({ number, of }: Share): string => `${number}/${of}`;

/** The label of one of the tokens (or words) that a view lists: `it`, `🐱 1/4`; of none, empty. */
export function labelAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  if (token === undefined) return '';
  const share = shareOf(tokens, index);
  return share === null ? visibleLabel(token) : `${visibleLabel(token)} ${shareMark(share)}`;
}
