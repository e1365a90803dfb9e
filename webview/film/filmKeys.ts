/** What keys do in a film. Pure but for the element that the key was pressed on. */

/** Where to go: so many steps on, or to an end. */
export type FilmMove =
  | { readonly kind: 'by'; readonly steps: number }
  | { readonly kind: 'first' }
  | { readonly kind: 'last' }
  | { readonly kind: 'play' };

const PAGE = 10;

const MOVES: Readonly<Record<string, FilmMove>> = {
  ArrowLeft: { kind: 'by', steps: -1 },
  ArrowRight: { kind: 'by', steps: 1 },
  PageUp: { kind: 'by', steps: -PAGE },
  PageDown: { kind: 'by', steps: PAGE },
  Home: { kind: 'first' },
  End: { kind: 'last' },
  ' ': { kind: 'play' },
};

/** On the bar itself, as on every slider. */
const SLIDER_MOVES: Readonly<Record<string, FilmMove>> = {
  ArrowUp: { kind: 'by', steps: 1 },
  ArrowDown: { kind: 'by', steps: -1 },
};
const SLIDER = '[role="slider"]';

/** Fields, lists and rooms that scroll have a use for these keys themselves. */
const OWN_KEYS = 'input, textarea, select, [contenteditable], [role="listbox"], .twin-room';
/** A space presses what has the focus. */
const PRESSED = 'button, summary, a';

/** What a key asks of the film; null: nothing. */
export function filmMove(event: KeyboardEvent): FilmMove | null {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
    return null;
  const { key, target } = event;
  if (!(target instanceof Element) || target.closest(OWN_KEYS) !== null) return null;
  const move = MOVES[key] ?? (target.matches(SLIDER) ? SLIDER_MOVES[key] : null) ?? null;
  return move?.kind === 'play' && target.closest(PRESSED) !== null ? null : move;
}

/** The step that a move leads to. */
export function stepAfter(move: Exclude<FilmMove, { kind: 'play' }>, step: number, steps: number) {
  const last = Math.max(0, steps - 1);
  switch (move.kind) {
    case 'first':
      return 0;
    case 'last':
      return last;
    case 'by':
      return Math.max(0, Math.min(last, step + move.steps));
  }
}
