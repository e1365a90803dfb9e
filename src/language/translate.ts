import { failureMessages } from '../failure/messages';
import type { FailureArgs, WireFailure } from '../failure/failure';

/** Puts an English template into the reader's language and fills its `{name}` places. */
export type Translate = (template: string, args?: FailureArgs) => string;

/** English template → translation, as in `l10n/bundle.l10n.*.json`. */
export type Bundle = Readonly<Record<string, string>>;

/** Translator over a bundle. Without an entry the English template itself is used. */
export function translator(bundle: Bundle): Translate {
  return (template, args = {}) =>
    (bundle[template] ?? template).replace(/\{(\w+)\}/g, (place, name: string) =>
      name in args ? String(args[name]) : place,
    );
}

/** The words for a failure. */
export function describeFailure(failure: WireFailure, t: Translate): string {
  return t(failureMessages[failure.code], failure.args);
}
