/** Tokens as they are written out wherever a person reads them. */
import type { Token } from '../protocol/trace';

/** A piece that is nothing but the mark for a space. */
const ONLY_SPACES = /^[▁Ġ]+$/u;

/** Controls and bidirectional overrides: invisible, and able to reorder what stands around them. */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex -- naming control characters is the point
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A label that can be seen: white space and invisible characters get a sign. */
export function visibleLabel({ label, piece }: Token): string {
  const text = label === '' ? piece : label;
  const seen = text.replace(INVISIBLE, '\ufffd');
  if (ONLY_SPACES.test(seen)) return '␣';
  if (seen.trim() !== '') return seen.replace(/\s+/gu, ' ').trim();
  return (
    seen.replace(/\r?\n/g, '↵').replace(/\r/g, '␍').replace(/\t/g, '⇥').replace(/\s/gu, '␣') || '∅'
  );
}

/** The vocabulary's spelling, with its own mark for a space. */
export const visiblePiece = ({ piece }: Token): string => piece.replace(INVISIBLE, '\ufffd');
