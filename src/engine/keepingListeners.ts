/** Events that emscripten's code listens to for the whole process; it would rethrow other people's rejections. */
const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/** Does what meddles with the process's listeners; afterwards they are as they were. */
export async function keepingListeners<T>(meddle: () => Promise<T>): Promise<T> {
  const before = EVENTS.map((event) => process.rawListeners(event));
  try {
    return await meddle();
  } finally {
    for (const [i, event] of EVENTS.entries()) {
      const now = process.rawListeners(event);
      for (const listener of now)
        if (!before[i]!.includes(listener)) process.removeListener(event, listener as () => void);
      for (const listener of before[i]!)
        if (!now.includes(listener)) process.on(event, listener as () => void);
    }
  }
}
