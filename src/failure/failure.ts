import type { FailureCode } from './messages';

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
  constructor(
    readonly code: FailureCode,
    readonly args: FailureArgs = {},
    options?: ErrorOptions,
  ) {
    super(`${code} ${JSON.stringify(args)}`, options);
    this.name = 'Failure';
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
