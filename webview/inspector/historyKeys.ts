/** Alt+Left and Alt+Right: back and forward through what was looked at, as in a browser. */

export function followKeys(document: Document, go: (where: 'back' | 'forward') => void): void {
  document.addEventListener(
    'keydown',
    (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      event.preventDefault();
      // Neither VS Code, which listens further out and has a meaning of its own for these keys, nor
      // tabs, strips and matrices further in, which arrows move: one press, one step.
      event.stopPropagation();
      go(event.key === 'ArrowLeft' ? 'back' : 'forward');
    },
    { capture: true },
  );
}
