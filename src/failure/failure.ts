import type { FailureCode } from './messages';

/** Longest text in one place of a message: a damaged file may hold a name or value of any length. */
const MAX_ARGUMENT = 2_000;
/** What a cut through a surrogate pair leaves at the end. */
const HALF_CHARACTER = /[\ud800-\udbff]$/;

/** Values that fill the `{name}` places of a failure's message. */
export type FailureArgs = Readonly<Record<string, string | number>>;

/** A failure as it crosses a thread or process border: no words, only what is needed to find them. */
export interface WireFailure {
  readonly code: FailureCode;
  readonly args: FailureArgs;
}

/**
 * The one error class below the host. It carries a code and arguments; host, webview and CLI
 * put them into the reader's language (see `src/language`).
 */
export class Failure extends Error {
  readonly args: FailureArgs;

  constructor(
    readonly code: FailureCode,
    args: FailureArgs = {},
    options?: ErrorOptions,
  ) {
    const short = shortened(args);
    super(`${code} ${JSON.stringify(short)}`, options);
    this.name = 'Failure';
    this.args = short;
  }

  /** What travels: structured clone drops class and message on the way. */
  toWire(): WireFailure {
    return { code: this.code, args: this.args };
  }

  /** A failure of whatever was thrown; what we did not foresee becomes `internal.unexpected`. */
  static from(thrown: unknown): Failure {
    if (thrown instanceof Failure) return thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return new Failure('internal.unexpected', { reason }, { cause: thrown });
  }
}

function shortened(args: FailureArgs): FailureArgs {
  const entries = Object.entries(args).map(([name, value]): [string, string | number] => {
    if (typeof value === 'number' || value.length <= MAX_ARGUMENT) return [name, value];
    return [name, `${value.slice(0, MAX_ARGUMENT).replace(HALF_CHARACTER, '')}…`];
  });
  return Object.fromEntries(entries);
}
