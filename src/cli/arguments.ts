import { parseArgs } from 'node:util';
import { Failure } from '../failure/failure';

/** `text`: takes a value; `flag`: takes none. */
export type OptionKinds = Readonly<Record<string, 'text' | 'flag'>>;

/** What was given: the values of texts, `true` for flags. */
export type Options<K extends OptionKinds> = {
  readonly [name in keyof K]?: K[name] extends 'text' ? string : true;
};

/**
 * Reads `--name value`, `--name=value` and `--flag`, each at most once. A value may begin with a
 * dash (texts do), unless it is itself an option of the command.
 * @throws Failure `cli.*`
 */
export function readOptions<K extends OptionKinds>(
  command: string,
  args: readonly string[],
  kinds: K,
): Options<K> {
  const known = Object.keys(kinds).map((name) => `--${name}`);
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      { type: kind === 'text' ? ('string' as const) : ('boolean' as const) },
    ]),
  );
  // Not strict: its errors are English sentences; the tokens say as much.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const given: Record<string, string | true> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') throw new Failure('cli.stray', { argument: token.value });
    if (token.kind === 'option-terminator') throw new Failure('cli.stray', { argument: '--' });
    const { rawName: option, name, value, inlineValue } = token;
    const kind = Object.hasOwn(kinds, name) && option.startsWith('--') ? kinds[name] : undefined;
    if (!kind) throw new Failure('cli.option', { command, option, known: known.join(', ') });
    if (Object.hasOwn(given, name)) throw new Failure('cli.twice', { option });
    if (kind === 'flag') {
      if (value !== undefined) throw new Failure('cli.needlessValue', { option, value });
      given[name] = true;
    } else {
      if (value === undefined || (!inlineValue && known.includes(value))) {
        throw new Failure('cli.missingValue', { option });
      }
      given[name] = value;
    }
  }
  return given as Options<K>;
}

/** A whole number in a range; undefined if the option was not given. */
export function readNumber(
  option: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Failure('cli.number', { option, value: text, least, most });
}

/** One of some words; `fallback` if the option was not given. */
export function readWord<W extends string>(
  option: string,
  text: string | undefined,
  words: readonly W[],
  fallback: W,
): W {
  if (text === undefined) return fallback;
  const word = words.find((one) => one === text);
  if (word !== undefined) return word;
  throw new Failure('cli.word', { option, value: text, words: words.join(', ') });
}

/** A whole number or one of some words; `fallback` if the option was not given. */
export function readNumberOrWord<W extends string>(
  option: string,
  text: string | undefined,
  words: readonly W[],
  fallback: number | W,
): number | W {
  if (text === undefined) return fallback;
  const word = words.find((one) => one === text);
  if (word !== undefined) return word;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Failure('cli.numberOrWord', { option, value: text, words: words.join(', ') });
}
