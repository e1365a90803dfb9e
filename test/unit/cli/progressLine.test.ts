import assert from 'node:assert/strict';
import { progressLine } from '../../../src/cli/progressLine';

/** What a terminal, or a file in its place, is sent. */
function sent(isTTY: boolean): { parts: string[]; line: ReturnType<typeof progressLine> } {
  const parts: string[] = [];
  const write = (text: string | Uint8Array): boolean => parts.push(String(text)) > 0;
  return { parts, line: progressLine({ isTTY, write }) };
}

describe('progress on standard error', () => {
  it('is one line that makes room for messages and leaves nothing behind', () => {
    const { parts, line } = sent(true);
    line.progress('1 of 3');
    line.progress('1 of 3');
    line.note('Mind\nthis.');
    line.progress('2 of 3');
    line.progress(null);
    assert.deepEqual(parts, [
      '\r\u001B[K1 of 3',
      '\r\u001B[K',
      'Mind\\nthis.\n',
      '\r\u001B[K1 of 3',
      '\r\u001B[K2 of 3',
      '\r\u001B[K',
    ]);
  });

  it('stays out of files and pipes', () => {
    const { parts, line } = sent(false);
    line.progress('1 of 3');
    line.note('Mind this.');
    line.progress(null);
    assert.deepEqual(parts, ['Mind this.\n']);
  });
});
