import os from 'node:os';

/**
 * Lets everybody who waits for a person (host, editor, page) go first where processors are scarce.
 * On Linux this lowers the calling thread alone; elsewhere it would be the whole process, so a
 * thread of the extension host leaves it be.
 */
export function yieldToOthers(place: 'thread' | 'process'): void {
  if (place === 'thread' && process.platform !== 'linux') return;
  os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
}
