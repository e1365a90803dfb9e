import type { FromEngine } from '../protocol/engineMessages';

/** Sends a message to the host; `transfer` buffers are given away. */
export type Emit = (message: FromEngine, transfer?: readonly ArrayBuffer[]) => void;
