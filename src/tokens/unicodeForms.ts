import type { Edit } from './alignedText';
import { isUndivided } from './olderUnicode';

export type UnicodeForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/**
 * Unicode normalisation as a list of edits. JavaScript gives only the result; which characters went
 * into which is rebuilt here chunk by chunk: decompose each character, put the marks into canonical
 * order, then see which of them the composed characters took.
 */
export function unicodeEdits(text: string, form: UnicodeForm): Edit[] {
  const edits: Edit[] = [];
  let chunk = '';
  for (const character of text) {
    const stays = isUndivided(character);
    if (chunk !== '' && (stays || startsAnew(character))) {
      pushChunk(chunk, form, edits);
      chunk = '';
    }
    if (stays) edits.push([character, 0]);
    else chunk += character;
  }
  if (chunk !== '') pushChunk(chunk, form, edits);
  return edits;
}

function pushChunk(chunk: string, form: UnicodeForm, edits: Edit[]): void {
  const ordered = decompose(chunk, form === 'NFC' || form === 'NFD' ? 'NFD' : 'NFKD');
  const composes = form === 'NFC' || form === 'NFKC';
  for (const edit of composes ? compose(ordered, chunk.normalize(form)) : ordered) edits.push(edit);
}

/** Each character's decomposition (first part in its place, the others put in), marks in canonical order. */
function decompose(chunk: string, form: 'NFD' | 'NFKD'): Edit[] {
  const waiting = new Map<string, Edit[]>();
  for (const character of chunk)
    [...character.normalize(form)].forEach((part, index) => {
      const edit: Edit = [part, index === 0 ? 0 : 1];
      const queue = waiting.get(part);
      if (queue) queue.push(edit);
      else waiting.set(part, [edit]);
    });
  // The order is stable: of equal characters the earlier one comes first.
  for (const queue of waiting.values()) queue.reverse();
  return Array.from(chunk.normalize(form), (part) => waiting.get(part)?.pop() ?? [part, 0]);
}

/** Walks the composed text; each of its characters takes its own parts, in order, out of `parts`. */
function compose(parts: readonly Edit[], composed: string): Edit[] {
  const taken = new Array<boolean>(parts.length).fill(false);
  let next = 0;
  return Array.from(composed, (character) => {
    while (taken[next]) next++;
    let change = 0;
    let at = next;
    for (const [index, part] of [...character.normalize('NFD')].entries()) {
      while (at < parts.length && (taken[at] || parts[at]?.[0] !== part)) at++;
      taken[at] = true;
      // A part that disappears into the character counts as removed, unless it was put in before.
      change += (parts[at]?.[1] ?? 0) - (index === 0 ? 0 : 1);
    }
    return [character, change];
  });
}

/** Whether nothing before this character can order or compose with it. */
function startsAnew(character: string): boolean {
  return character < '\u0300' || !continues.test(character.normalize('NFKD'));
}

/** Begins with a mark, a Hangul vowel or final, or a letter that composes with the one before (Kirat Rai). */
const continues = /^[\p{M}\u1160-\u11ff\ud7b0-\ud7ff\u{16d67}-\u{16d69}]/u;
