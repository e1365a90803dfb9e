import type { Translate } from '../language/translate';

/** What a command may know of the terminal it runs in. */
export interface Terminal {
  readonly t: Translate;
  /** Folder of `cli.js`: what the product brings along lies beside and above it. */
  readonly dist: string;
  /** Data: standard output carries nothing else. */
  write(text: string): void;
  /** A message for people, on standard error. */
  note(message: string): void;
  /** How far a long command is, where standard error is a terminal; null: it is there no more. */
  progress(message: string | null): void;
}

/** A command: takes what follows its name. @throws Failure for everything that goes wrong */
export type Command = (args: readonly string[], terminal: Terminal) => Promise<void>;
