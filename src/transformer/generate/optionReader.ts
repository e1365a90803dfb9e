import { Failure } from '../../failure/failure';
import type { FailureCode } from '../../failure/messages';

export type Json = Readonly<Record<string, unknown>>;

interface Source {
  readonly file: string;
  readonly json: Json;
}

/**
 * Options that are part of a model rather than of one run: a `generation_config.json` without them
 * leaves those of `config.json` valid.
 */
const MODEL_OPTIONS = [
  'bos_token_id',
  'eos_token_id',
  'pad_token_id',
  'decoder_start_token_id',
  'forced_bos_token_id',
  'forced_eos_token_id',
  'bad_words_ids',
] as const;

/**
 * The options of a model folder. As in Hugging Face transformers `generation_config.json` takes the
 * place of the options in `config.json`, which older checkpoints still keep there.
 */
export function optionReader(configJson: Json, generationJson: Json | null): OptionReader {
  const fromConfig = { file: 'config.json', json: configJson };
  if (generationJson === null) return new OptionReader([fromConfig]);
  const kept = MODEL_OPTIONS.filter((option) => Object.hasOwn(configJson, option));
  const json = Object.fromEntries(kept.map((option) => [option, configJson[option]]));
  return new OptionReader([
    { file: 'generation_config.json', json: generationJson },
    { file: 'config.json', json },
  ]);
}

/** Reads options from the first file that mentions them, with their types checked. `null` there means: not set. */
export class OptionReader {
  constructor(private readonly sources: readonly Source[]) {}

  has(option: string): boolean {
    return this.sources.some(({ json }) => Object.hasOwn(json, option));
  }

  find(option: string): { file: string; value: unknown } {
    const source = this.sources.find(({ json }) => Object.hasOwn(json, option));
    return { file: source?.file ?? '', value: source?.json[option] ?? null };
  }

  /** Names of the options that are set, in the order of the files. */
  get options(): readonly string[] {
    const names = this.sources.flatMap(({ json }) => Object.keys(json));
    return [...new Set(names)].filter((option) => this.find(option).value !== null);
  }

  /** One token id, or null. */
  token(option: string): number | null {
    const { value } = this.find(option);
    if (value === null || isToken(value)) return value;
    throw this.bad('generation.token', option);
  }

  /** A token id or a list of them; empty if not set. */
  tokens(option: string): readonly number[] {
    const { value } = this.find(option);
    const ids: unknown = value === null ? [] : Array.isArray(value) ? value : [value];
    if (isTokens(ids)) return ids;
    throw this.bad('generation.tokens', option);
  }

  /** Lists of token ids; empty if not set. */
  sequences(option: string): readonly (readonly number[])[] {
    const value = this.find(option).value ?? [];
    if (Array.isArray(value) && value.every((ids) => isTokens(ids) && ids.length > 0)) return value;
    throw this.bad('generation.sequences', option);
  }

  count(option: string, fallback: number): number {
    const value = this.find(option).value ?? fallback;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    throw this.bad('generation.count', option);
  }

  /** At least 1, or null. */
  positiveCount(option: string): number | null {
    const { value } = this.find(option);
    if (value === null) return null;
    if (Number.isSafeInteger(value) && Number(value) > 0) return Number(value);
    throw this.bad('generation.positiveCount', option);
  }

  positive(option: string, fallback: number): number {
    const value = this.find(option).value ?? fallback;
    if (isNumber(value) && value > 0) return value;
    throw this.bad('generation.positive', option);
  }

  number(option: string, fallback: number): number {
    const value = this.find(option).value ?? fallback;
    if (isNumber(value)) return value;
    throw this.bad('generation.number', option);
  }

  flag(option: string, fallback: boolean): boolean {
    const value = this.find(option).value ?? fallback;
    if (typeof value === 'boolean') return value;
    throw this.bad('generation.flag', option);
  }

  private bad(code: FailureCode, option: string): Failure {
    const { file, value } = this.find(option);
    return new Failure(code, { file, option, value: JSON.stringify(value) });
  }
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);

const isToken = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

const isTokens = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every(isToken);
