import { Failure } from '../../failure/failure';
import type { Activation } from '../config';

/** Reads options of a `config.json` with their types checked; what is absent takes the family's default. */
export class ConfigReader {
  constructor(private readonly json: Readonly<Record<string, unknown>>) {}

  /** A whole number ≥ `least`. */
  count(option: string, fallback: number, least = 1): number {
    const value = this.json[option] ?? fallback;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
    throw this.bad(option, `a whole number of at least ${least}`);
  }

  number(option: string, fallback: number): number {
    const value = this.json[option] ?? fallback;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw this.bad(option, 'a number');
  }

  flag(option: string, fallback: boolean): boolean {
    const value = this.json[option] ?? fallback;
    if (typeof value === 'boolean') return value;
    throw this.bad(option, 'true or false');
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
    throw this.bad(option, 'a token id or a list of them');
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

  /** `whole` must fall into equal heads. */
  divides(option: string, parts: number, whole: number): void {
    if (whole % parts !== 0) throw this.bad(option, `a divisor of d_model = ${whole}`);
  }

  private bad(option: string, expected: string): Failure {
    const value = JSON.stringify(this.json[option]) ?? 'undefined';
    return new Failure('config.value', { option, value, expected });
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
