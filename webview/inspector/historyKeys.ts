/** Alt+Left and Alt+Right: back and forward through what was looked at, as in a browser. */

export function followKeys(document: Document, go: (where: 'back' | 'forward') => void): void {
  document.addEventListener('keydown', (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    // VS Code listens further out and has a meaning of its own for these keys: one press, one step.
    event.stopPropagation();
    go(event.key === 'ArrowLeft' ? 'back' : 'forward');
  });
}
