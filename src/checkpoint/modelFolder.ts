/**
 * The port through which the checkpoint room sees files: it knows names and bytes, never paths or
 * handles. `src/engine/nodeModelFolder.ts` is the implementation for Node.
 */

/** A file whose bytes are asked for range by range. */
export interface RangeReader {
  /** Bytes in the file. */
  readonly size: number;
  /** Bytes `[start, end)`, in an array of their own. */
  read(start: number, end: number): Promise<Uint8Array>;
  /** Fills `target` with the bytes from `start` on. */
  readInto(target: Uint8Array, start: number): Promise<void>;
  close(): Promise<void>;
}

/** A model as Hugging Face lays it out: files side by side in one folder. */
export interface ModelFolder {
  /** How to name the folder to a person. */
  readonly path: string;
  /** Names of the files in it. */
  list(): Promise<readonly string[]>;
  /** Opens a file by its plain name; null if there is none. */
  open(name: string): Promise<RangeReader | null>;
  /** The whole of a UTF-8 file of at most `limit` bytes; null if there is none. @throws Failure `checkpoint.textTooLong` */
  text(name: string, limit?: number): Promise<string | null>;
}

/** Whether a name stays inside its folder on every system: no separators, drives, streams or dots. */
export function isPlainName(name: string): boolean {
  return name.length > 0 && name !== '.' && name !== '..' && !/[/\\:\0]/.test(name);
}
