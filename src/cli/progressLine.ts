import { oneLine } from './columns';
import type { Terminal } from './terminal';

const CLEAR_LINE = '\r\u001B[K';

/** Messages on standard error; how far a command is stays one line, below them, and only for eyes. */
export function progressLine(
  error: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>,
): Pick<Terminal, 'note' | 'progress'> {
  let shown = '';
  const show = (message: string): void => {
    if (!error.isTTY || message === shown) return;
    error.write(`${CLEAR_LINE}${message}`);
    shown = message;
  };
  return {
    note(message) {
      const below = shown;
      show('');
      error.write(`${oneLine(message)}\n`);
      show(below);
    },
    progress: (message) => show(message === null ? '' : oneLine(message)),
  };
}
