/** `[start, end)` in UTF-16 units of the text given. */
export type Span = readonly [start: number, end: number];

/**
 * One character (code point) of a changed text. `change`: 0 takes the place of the next old character;
 * −n does so and drops the n after it; 1 is put in, and stands for what the character before it stands for.
 */
export type Edit = readonly [character: string, change: number];

/**
 * A text that remembers, for every UTF-16 unit, which characters of the user's text it stands for.
 * Normalisers and pre-tokenisers change it and cut it up; the memory comes along. The rules of who
 * inherits which characters are those of the Rust tokenizers library, so that spans agree with it.
 */
export class AlignedText {
  /** Use `AlignedText.of`; the arrays hold, for each unit, start and end of the characters it stands for. */
  constructor(
    readonly text: string,
    private readonly starts: Int32Array,
    private readonly ends: Int32Array,
  ) {}

  /** The user's text itself: every character stands for itself. */
  static of(text: string): AlignedText {
    const starts = new Int32Array(text.length);
    const ends = new Int32Array(text.length);
    let at = 0;
    for (const character of text) {
      starts.fill(at, at, at + character.length);
      ends.fill(at + character.length, at, at + character.length);
      at += character.length;
    }
    return new AlignedText(text, starts, ends);
  }

  /** The user's characters behind `[start, end)` of this text, which must not be empty. */
  spanOf(start: number, end: number): Span {
    return [this.starts[start] ?? 0, this.ends[end - 1] ?? 0];
  }

  slice(start: number, end: number): AlignedText {
    return new AlignedText(
      this.text.slice(start, end),
      this.starts.subarray(start, end),
      this.ends.subarray(start, end),
    );
  }

  /** Rewrites the whole text. `droppedFirst` old characters before the first edit are gone. */
  transform(edits: readonly Edit[], droppedFirst = 0): AlignedText {
    const builder = new Builder(this.starts, this.ends);
    let at = 0;
    const skip = (characters: number): void => {
      for (let left = characters; left > 0 && at < this.text.length; left--)
        at += characterLength(this.text, at);
    };
    skip(droppedFirst);
    for (const [character, change] of edits) {
      builder.push(character, change > 0 ? Math.max(at - 1, 0) : at);
      if (change <= 0) skip(1 - change);
    }
    return builder.build();
  }

  /** Keeps the characters for which `keep` holds. */
  filter(keep: (character: string) => boolean): AlignedText {
    return this.each((character) => (keep(character) ? [character] : []));
  }

  /** Puts the characters that `change` returns in the place of each one. */
  each(change: (character: string) => readonly string[]): AlignedText {
    const builder = new Builder(this.starts, this.ends);
    let at = 0;
    for (const character of this.text) {
      for (const replacement of change(character)) builder.push(replacement, at);
      at += character.length;
    }
    return builder.build();
  }

  /** `content` in the place of every match; it stands for the last character of the match. */
  replace(pattern: RegExp, content: string): AlignedText {
    const builder = new Builder(this.starts, this.ends);
    const matches = [...this.text.matchAll(pattern)];
    if (matches.length === 0) return this;
    let done = 0;
    for (const match of matches) {
      const end = match.index + match[0].length;
      builder.copy(this.text, done, match.index);
      for (const character of content) builder.push(character, Math.max(end - 1, 0));
      done = end;
    }
    builder.copy(this.text, done, this.text.length);
    return builder.build();
  }

  /** Puts `content` in front; it stands for what the first character stands for. */
  prepend(content: string): AlignedText {
    if (this.text === '') return this;
    const builder = new Builder(this.starts, this.ends);
    for (const character of content) builder.push(character, 0);
    builder.copy(this.text, 0, this.text.length);
    return builder.build();
  }
}

/** Collects a new text and, for each of its units, the old unit it inherits from. */
class Builder {
  private readonly pieces: string[] = [];
  private readonly sources: number[] = [];

  constructor(
    private readonly starts: Int32Array,
    private readonly ends: Int32Array,
  ) {}

  push(character: string, source: number): void {
    this.pieces.push(character);
    for (let unit = 0; unit < character.length; unit++) this.sources.push(source);
  }

  copy(text: string, start: number, end: number): void {
    this.pieces.push(text.slice(start, end));
    for (let unit = start; unit < end; unit++) this.sources.push(unit);
  }

  build(): AlignedText {
    const inherit = (from: Int32Array): Int32Array =>
      Int32Array.from(this.sources, (source) => from[source] ?? 0);
    return new AlignedText(this.pieces.join(''), inherit(this.starts), inherit(this.ends));
  }
}

const characterLength = (text: string, at: number): number =>
  (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
