import type { AlignedText } from './alignedText';
import type { SplitBehavior } from './tokenizerFile';

/** A stretch of a text, and whether it is a match of the pattern one splits at. */
interface Stretch {
  readonly start: number;
  end: number;
  readonly match: boolean;
}

/**
 * Cuts a text at the matches of a pattern. What becomes of a match is `behavior`, as the Rust
 * library defines it; `invert` takes what lies between the matches for the matches. Nothing empty
 * comes out.
 */
export function splitText(
  text: AlignedText,
  pattern: RegExp,
  behavior: SplitBehavior,
  invert = false,
): AlignedText[] {
  const stretches = stretchesOf(text.text, pattern, invert);
  const joined =
    behavior === 'Removed' ? stretches.filter(({ match }) => !match) : join(stretches, behavior);
  return joined
    .filter(({ start, end }) => end > start)
    .map(({ start, end }) => text.slice(start, end));
}

function stretchesOf(text: string, pattern: RegExp, invert: boolean): Stretch[] {
  const stretches: Stretch[] = [];
  let done = 0;
  for (const found of text.matchAll(pattern)) {
    const end = found.index + found[0].length;
    if (found.index > done) stretches.push({ start: done, end: found.index, match: invert });
    stretches.push({ start: found.index, end, match: !invert });
    done = end;
  }
  if (done < text.length) stretches.push({ start: done, end: text.length, match: invert });
  return stretches;
}

function join(
  stretches: readonly Stretch[],
  behavior: Exclude<SplitBehavior, 'Removed'>,
): Stretch[] {
  const joined: Stretch[] = [];
  stretches.forEach((stretch, index) => {
    const last = joined.at(-1);
    if (last && joins(stretches, index, behavior)) last.end = stretch.end;
    else joined.push({ ...stretch });
  });
  return joined;
}

/** Whether stretch `index` belongs to the one before it. */
function joins(stretches: readonly Stretch[], index: number, behavior: SplitBehavior): boolean {
  const before = stretches[index - 1];
  const here = stretches[index];
  if (!before || !here) return false;
  switch (behavior) {
    case 'Contiguous':
      return before.match === here.match;
    case 'MergedWithPrevious':
      // Of several matches in a row only the first joins what it follows.
      return here.match && !before.match;
    case 'MergedWithNext':
      // Of several matches in a row only the last joins what it precedes.
      return before.match && !here.match;
    default:
      return false;
  }
}
