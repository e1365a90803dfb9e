import { parseArgs } from 'node:util';
import { Failure } from '../failure/failure';

/** `text`: takes a value; `texts`: may be given several times; `flag`: takes no value. */
export type OptionKinds = Readonly<Record<string, 'text' | 'texts' | 'flag'>>;

interface GivenKinds {
  readonly text: string;
  /** At least one. */
  readonly texts: readonly string[];
  readonly flag: true;
}

/** What was given. */
export type Options<K extends OptionKinds> = {
  readonly [name in keyof K]?: GivenKinds[K[name]];
};

/**
 * Reads `--name value`, `--name=value` and `--flag`, each at most once unless it is of the kind `texts`.
 * A value may begin with a dash (texts do), unless it is itself an option of the command.
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
      { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  // Not strict: its errors are English sentences; the tokens say as much.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const given: Record<string, string | string[] | true> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') throw new Failure('cli.stray', { argument: token.value });
    if (token.kind === 'option-terminator') throw new Failure('cli.stray', { argument: '--' });
    const { rawName: option, name, value, inlineValue } = token;
    const kind = Object.hasOwn(kinds, name) && option.startsWith('--') ? kinds[name] : undefined;
    if (!kind) throw new Failure('cli.option', { command, option, known: known.join(', ') });
    const before = Object.hasOwn(given, name) ? given[name] : undefined;
    if (before !== undefined && kind !== 'texts') throw new Failure('cli.twice', { option });
    if (kind === 'flag') {
      if (value !== undefined) throw new Failure('cli.needlessValue', { option, value });
      given[name] = true;
    } else {
      if (value === undefined || (!inlineValue && known.includes(value))) {
        throw new Failure('cli.missingValue', { option });
      }
      given[name] = kind === 'text' ? value : [...(Array.isArray(before) ? before : []), value];
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

type Given = Readonly<Record<string, unknown>>;

/** @throws Failure `cli.conflict` where both options of a pair are given */
export function refuseTogether(given: Given, pairs: readonly (readonly [string, string])[]): void {
  for (const [option, other] of pairs) {
    if (given[option] !== undefined && given[other] !== undefined) {
      throw new Failure('cli.conflict', { option: `--${option}`, other: `--${other}` });
    }
  }
}

/** @throws Failure `cli.needs` where the first option of a pair is given without the second */
export function refuseAlone(given: Given, pairs: readonly (readonly [string, string])[]): void {
  for (const [option, other] of pairs) {
    if (given[option] !== undefined && given[other] === undefined) {
      throw new Failure('cli.needs', { option: `--${option}`, other: `--${other}` });
    }
  }
}
