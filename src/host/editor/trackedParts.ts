import type { Token } from '../../protocol/trace';
import type { Subject } from '../inspection/subject';
import { nearestOccurrence } from './nearestOccurrence';
import { TrackedText, type EditedText, type Span, type TextEdit } from './trackedText';

/** An inspected text in its document, or both texts of a pair: each followed by itself, stale together. */
export class TrackedParts {
  private tokens: readonly Token[] = [];

  /** In the order in which the model reads them. */
  constructor(private readonly texts: readonly TrackedText[]) {}

  get parts(): readonly Span[] {
    return this.texts.map(({ start, end }) => [start, end]);
  }

  get stale(): boolean {
    return this.texts.some(({ stale }) => stale);
  }

  /** Of each token, in the text it stands for. */
  get spans(): readonly (Span | null)[] {
    return this.tokens.map(({ part }, index) =>
      part === 'output' ? null : (this.texts[part ?? 0]?.spans[index] ?? null),
    );
  }

  /** Whether these are the very texts of a subject. */
  areOf({ text, pair }: Pick<Subject, 'text' | 'pair'>): boolean {
    const [first, second] = this.texts;
    return first?.text === text && second?.text === pair?.text;
  }

  /** Whether an offset is in one of the texts, its edges included. */
  hold(offset: number): boolean {
    return this.parts.some(([start, end]) => start <= offset && offset <= end);
  }

  overlap(other: TrackedParts): boolean {
    return this.parts.some((a) => other.parts.some((b) => a[0] < b[1] && b[0] < a[1]));
  }

  /** The tokens are known; each counts from the beginning of its text. */
  setTokens(tokens: readonly Token[], document: EditedText | undefined): void {
    this.tokens = tokens;
    for (const [part, text] of this.texts.entries()) {
      const now = text.stale ? document?.slice(text.start, text.end) : undefined;
      text.setTokens(
        tokens.map((token) => ((token.part ?? 0) === part ? token.span : null)),
        now,
      );
    }
  }

  /** Takes in edits of one event, last place first as VS Code gives them. */
  apply(edits: readonly TextEdit[], after: EditedText): void {
    for (const text of this.texts) text.apply(edits, after);
  }
}

/** A text and where it was last seen. */
export interface SoughtText {
  readonly text: string;
  readonly offset: number;
}

/** The texts at their offsets, or wherever else the document holds them; null where one is missing. */
export function locate(document: EditedText, sought: readonly SoughtText[]): TrackedParts | null {
  const found: TrackedText[] = [];
  for (const { text, offset } of sought) {
    const start =
      document.slice(offset, offset + text.length) === text
        ? offset
        : nearestOccurrence(document.slice(0, document.length), text, offset);
    // Two texts on the same characters are not the pair that was read.
    const taken = found.some(
      (one) => start !== null && start < one.end && one.start < start + text.length,
    );
    if (start === null || taken) return null;
    found.push(new TrackedText(text, start));
  }
  return new TrackedParts(found);
}
