import { brushName, type Brush, type Stroke } from './brush';
import type { Span } from './trackedText';

/** What is painted on: replaces all characters of a brush in one editor. */
export type Paint = (brush: Brush, spans: readonly Span[]) => void;

/**
 * Paints one editor. Knows what is painted there, so that only brushes whose characters differ are
 * touched, and nothing is wiped first: between two views no character is without colour.
 */
export class ColourPainter {
  private readonly painted = new Map<string, Stroke>();
  private certain = true;

  constructor(private readonly paint: Paint) {}

  /** Decorations alive in this editor. */
  get count(): number {
    let count = 0;
    for (const { spans } of this.painted.values()) count += spans.length;
    return count;
  }

  /** What is painted now. */
  get strokes(): readonly Stroke[] {
    return [...this.painted.values()];
  }

  /** Makes the editor show these strokes and nothing else. */
  show(strokes: readonly Stroke[]): void {
    const wanted = new Map(strokes.map((stroke) => [brushName(stroke.brush), stroke]));
    // First what gains characters: for a moment two colours are better than none.
    for (const [name, { brush, spans }] of wanted) {
      const before = this.painted.get(name);
      if (this.certain && before !== undefined && sameSpans(before.spans, spans)) continue;
      this.painted.set(name, { brush, spans });
      this.paint(brush, spans);
    }
    for (const [name, { brush }] of this.painted) {
      if (wanted.has(name)) continue;
      this.painted.delete(name);
      this.paint(brush, []);
    }
    this.certain = true;
  }

  /** Where the characters are is not known any more: next time every brush is painted anew. */
  doubt(): void {
    this.certain = false;
  }

  /** The editor's decorations are gone, all of them. */
  lost(): void {
    this.painted.clear();
    this.certain = true;
  }
}

const sameSpans = (a: readonly Span[], b: readonly Span[]): boolean =>
  a.length === b.length && a.every(([start, end], i) => start === b[i]?.[0] && end === b[i]?.[1]);
