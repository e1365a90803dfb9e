import type { AlignedText } from './alignedText';
import type { AddedTokenFile } from './tokenizerFile';

/** A stretch of text: an added token written in it, or what lies between. */
export interface Section {
  readonly text: AlignedText;
  readonly token: AddedTokenFile | null;
}

interface Node {
  readonly next: Map<string, Node>;
  token: AddedTokenFile | null;
}

/**
 * Finds added tokens (special ones and others) in a text: at each place the longest, from left to
 * right. `spell` gives the spelling to look for, since some are looked for in the normalised text.
 */
export class AddedTokens {
  private readonly root: Node = { next: new Map(), token: null };

  constructor(tokens: readonly AddedTokenFile[], spell: (content: string) => string) {
    for (const token of tokens) {
      const spelling = spell(token.content);
      if (spelling === '') continue;
      let node = this.root;
      for (let unit = 0; unit < spelling.length; unit++) {
        const letter = spelling.charAt(unit);
        const next: Node = node.next.get(letter) ?? { next: new Map(), token: null };
        node.next.set(letter, next);
        node = next;
      }
      node.token ??= token;
    }
  }

  split(text: AlignedText): Section[] {
    const sections: Section[] = [];
    const { text: letters } = text;
    let done = 0;
    let at = 0;
    while (at < letters.length) {
      const found = this.longestAt(letters, at);
      if (found === null) {
        at++;
        continue;
      }
      const { token, end } = found;
      const [start, stop] = [at, end];
      at = end;
      if (token.single_word && !standsAlone(letters, start, stop)) continue;
      const from = token.lstrip ? Math.max(done, whiteSpaceStart(letters, start)) : start;
      const to = token.rstrip ? whiteSpaceEnd(letters, stop) : stop;
      if (from > done) sections.push({ text: text.slice(done, from), token: null });
      sections.push({ text: text.slice(from, to), token });
      // The search goes on behind the token itself: a token made of the white space that this one
      // swallowed is found as well, as in the Rust library.
      done = to;
    }
    if (done < letters.length)
      sections.push({ text: text.slice(done, letters.length), token: null });
    return sections;
  }

  private longestAt(
    text: string,
    start: number,
  ): { readonly token: AddedTokenFile; readonly end: number } | null {
    let node = this.root.next.get(text.charAt(start));
    let found = null;
    for (let end = start + 1; node; end++) {
      if (node.token) found = { token: node.token, end };
      node = node.next.get(text.charAt(end));
    }
    return found;
  }
}

const wordCharacter = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]';
const beginsWithWord = new RegExp(`^${wordCharacter}`, 'u');
const endsWithWord = new RegExp(`${wordCharacter}$`, 'u');

/** No word character touches it. Two units hold any one character. */
function standsAlone(text: string, start: number, end: number): boolean {
  return (
    !endsWithWord.test(text.slice(Math.max(0, start - 2), start)) &&
    !beginsWithWord.test(text.slice(end, end + 2))
  );
}

const isWhiteSpace = (letter: string): boolean => /\p{White_Space}/u.test(letter);

function whiteSpaceStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && isWhiteSpace(text.charAt(start - 1))) start--;
  return start;
}

function whiteSpaceEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && isWhiteSpace(text.charAt(end))) end++;
  return end;
}
