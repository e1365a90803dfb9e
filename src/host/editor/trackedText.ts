import { nearestOccurrence } from './nearestOccurrence';

/** Characters `[start, end)` in UTF-16 units. */
export type Span = readonly [number, number];

/** An edit as VS Code tells it: `length` characters at `offset` became `text`. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** A document as far as needed here. */
export interface EditedText {
  readonly length: number;
  slice(start: number, end: number): string;
}

/**
 * Where an inspected text stands in its document, through edits. Edits apart from it move it; an
 * edit inside makes it stale, until undo or the reader brings back the very same characters.
 */
export class TrackedText {
  private range: Span;
  /** Of each token in the text as inspected; null where no text stands for it. */
  private tokens: readonly (Span | null)[] = [];
  /** Of each token in the document now. */
  private moved: readonly (Span | null)[] = [];
  private edited = false;
  /** While stale: all that was ever done to the text lies in here, and so does what undoes it. */
  private reach: Span;

  constructor(
    readonly text: string,
    start: number,
  ) {
    this.range = [start, start + text.length];
    this.reach = this.range;
  }

  get start(): number {
    return this.range[0];
  }

  get end(): number {
    return this.range[1];
  }

  get stale(): boolean {
    return this.edited;
  }

  /** Of each token; of a stale text as far as its characters can be followed. */
  get spans(): readonly (Span | null)[] {
    return this.moved;
  }

  /**
   * The tokens are known. `spans` count from the beginning of the text. `now`: the characters in its
   * place; of tokens among those that are others now, nobody knows where they stand.
   */
  setTokens(spans: readonly (Span | null)[], now = this.text): void {
    this.tokens = spans;
    const [before, after] = sharedEnds(this.text, now);
    const grown = now.length - this.text.length;
    this.moved = spans.map((span) => {
      if (span === null) return null;
      if (span[1] <= before) return shift(span, this.start);
      return span[0] >= this.text.length - after ? shift(span, this.start + grown) : null;
    });
  }

  /** Takes in edits of one event, last place first as VS Code gives them. `after`: the document with all of them. */
  apply(edits: readonly TextEdit[], after: EditedText): void {
    let touched = false;
    let place = this.start;
    for (const edit of edits) {
      touched ||= touches(edit, this.range);
      place = placeAfter(place, edit);
      this.range = afterEdit(this.range, edit);
      this.reach = touched || this.edited ? reachAfter(this.reach, edit) : this.range;
      this.moved = this.moved.map((span) => span && afterEdit(span, edit));
    }
    if (!touched && !this.edited) return;
    const found = this.find(this.text, after, edits, place);
    this.edited = found === null;
    if (found === null) {
      this.findOtherwiseBroken(after, edits, place);
      return;
    }
    this.range = [found, found + this.text.length];
    this.reach = this.range;
    this.setTokens(this.tokens);
  }

  /** All line ends were changed at once, and nothing is left of the range: it is there all the same. */
  private findOtherwiseBroken(
    document: EditedText,
    edits: readonly TextEdit[],
    place: number,
  ): void {
    if (this.start < this.end || !this.text.includes('\n')) return;
    for (const end of ['\n', '\r\n']) {
      const text = this.text.replaceAll(LINE_END, end);
      const found = this.find(text, document, edits, place);
      if (found === null) continue;
      this.range = [found, found + text.length];
      this.setTokens(this.tokens, text);
      return;
    }
  }

  /**
   * Where the text stands now, nearest to where it is expected. Only edits bring it back, so that
   * nothing but what they wrote is looked through: all of the document only when all was replaced.
   */
  private find(
    text: string,
    document: EditedText,
    edits: readonly TextEdit[],
    place: number,
  ): number | null {
    const { start, reach } = this;
    if (document.slice(start, start + text.length) === text) return start;
    let shifted = 0;
    for (const edit of edits.toReversed()) {
      const written = edit.offset + shifted;
      shifted += edit.text.length - edit.length;
      const from = Math.max(reach[0], written - text.length);
      const to = Math.min(reach[1], written + edit.text.length + text.length);
      if (to - from < text.length) continue;
      const found = nearestOccurrence(document.slice(from, to), text, place - from);
      if (found !== null) return from + found;
    }
    return null;
  }
}

const LINE_END = /\r?\n/g;

const shift = ([start, end]: Span, by: number): Span => [start + by, end + by];

/** Whether an edit changes characters of a range, or puts some between them. */
function touches({ offset, length }: TextEdit, [start, end]: Span): boolean {
  return length === 0 ? offset > start && offset < end : offset < end && offset + length > start;
}

/** Where to look for a place after an edit: within what was replaced, at the same share of it. */
function placeAfter(place: number, { offset, length, text }: TextEdit): number {
  if (offset >= place) return place;
  return offset + length <= place
    ? place + text.length - length
    : offset + Math.round(((place - offset) * text.length) / length);
}

/** How many characters two texts share at their beginnings, and at their ends behind these. */
function sharedEnds(a: string, b: string): readonly [number, number] {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  let end = 0;
  while (end < most - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return [start, end];
}

/** A range after an edit. What is written at its edges does not belong to it. */
function afterEdit([start, end]: Span, { offset, length, text }: TextEdit): Span {
  const by = text.length - length;
  const last = offset + length;
  const from = last <= start ? start + by : offset < start ? offset + text.length : start;
  const to = last <= end && offset < end ? end + by : offset < end ? offset : end;
  // An edit that swallows the range leaves nothing of it.
  return [from, Math.max(from, to)];
}

/** The same for what an edit may be undone to: what is written at the edges belongs to it. */
function reachAfter([start, end]: Span, { offset, length, text }: TextEdit): Span {
  const by = text.length - length;
  if (offset > end) return [start, end];
  if (offset + length < start) return [start + by, end + by];
  return [Math.min(start, offset), Math.max(end, offset + length) + by];
}
