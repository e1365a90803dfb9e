import { Failure } from '../../failure/failure';
import type { FailureCode } from '../../failure/messages';

export type Json = Readonly<Record<string, unknown>>;

interface Source {
  readonly file: string;
  readonly json: Json;
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

  positive(option: string, fallback: number): number {
    const value = this.find(option).value ?? fallback;
    if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
    throw this.bad('generation.positive', option);
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

const isToken = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

const isTokens = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every(isToken);
