import { Failure } from '../../failure/failure';
import type { Activation } from '../config';

/** Reads options of a `config.json` with their types checked; what is absent takes the family's default. */
export class ConfigReader {
  constructor(private readonly json: Readonly<Record<string, unknown>>) {}

  /** A whole number ≥ `least`. */
  count(option: string, fallback: number, least = 1): number {
    const value = this.json[option] ?? fallback;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
    throw new Failure('config.count', { option, value: this.written(option), least });
  }

  number(option: string, fallback: number): number {
    const value = this.json[option] ?? fallback;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw new Failure('config.number', { option, value: this.written(option) });
  }

  flag(option: string, fallback: boolean): boolean {
    const value = this.json[option] ?? fallback;
    if (typeof value === 'boolean') return value;
    throw new Failure('config.flag', { option, value: this.written(option) });
  }

  /** One token id. */
  token(option: string, fallback: number): number {
    return this.count(option, fallback, 0);
  }

  /** One token id or a list of them. */
  tokens(option: string, fallback: number): number[] {
    const value = this.json[option] ?? fallback;
    const list: unknown[] = Array.isArray(value) ? value : [value];
    const ids = list.filter((id): id is number => Number.isSafeInteger(id));
    if (ids.length === list.length && ids.length > 0) return ids;
    throw new Failure('config.tokens', { option, value: this.written(option) });
  }

  /** One of the values this family can run. @throws Failure `config.option` that names the option */
  choice<T extends string | boolean>(option: string, supported: readonly T[], fallback: T): T {
    const value = this.json[option] ?? fallback;
    const chosen = supported.find((one) => one === value);
    if (chosen !== undefined) return chosen;
    throw new Failure('config.option', {
      option,
      value: JSON.stringify(value),
      supported: supported.join(', '),
    });
  }

  activation(option: string, fallback: string): Activation {
    const name = this.choice(option, Object.keys(ACTIVATIONS), fallback);
    return ACTIVATIONS[name]!;
  }

  /** d_model must fall into equal heads. */
  divides(option: string, parts: number, whole: number): void {
    if (whole % parts !== 0)
      throw new Failure('config.heads', { option, value: parts, dModel: whole });
  }

  /** What another option has decided already. */
  equals(option: string, value: number, expected: number): void {
    if (value !== expected)
      throw new Failure('config.option', { option, value, supported: expected });
  }

  /** The value as the file has it. */
  private written(option: string): string {
    return JSON.stringify(this.json[option]) ?? 'undefined';
  }
}

/** Names of Hugging Face's activation table that mean a function we have. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  relu: 'relu',
  gelu: 'gelu',
  gelu_new: 'gelu_new',
  gelu_pytorch_tanh: 'gelu_new',
  swish: 'swish',
  silu: 'swish',
  tanh: 'tanh',
};
