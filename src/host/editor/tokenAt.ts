import type { Span } from './trackedText';

/** The token a character belongs to; of several that share it, the first. */
export function tokenOver(spans: readonly (Span | null)[], offset: number): number | null {
  const index = spans.findIndex((span) => span !== null && span[0] <= offset && offset < span[1]);
  return index < 0 ? null : index;
}

/** The token a cursor stands at: the one it is before or in, else the one that ends there. */
export function tokenAtCursor(spans: readonly (Span | null)[], offset: number): number | null {
  return tokenOver(spans, offset) ?? (offset === 0 ? null : tokenOver(spans, offset - 1));
}
