/** `auto`: a thread, and a child process after a crash. */
export type EnginePlace = 'auto' | EngineKind;
export type EngineKind = 'thread' | 'child';
