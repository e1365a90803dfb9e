import { Failure } from '../../failure/failure';
import type { Activation } from '../config';
import type { Json } from '../generate/optionReader';

/** Reads options of a `config.json` with their types checked; what is absent takes the family's default. */
export class ConfigReader {
  /** @param aliases other names that the same option may have: option → alias */
  constructor(
    private readonly json: Json,
    private readonly aliases: Readonly<Record<string, string>> = {},
  ) {}

  /**
   * What the file says of an option, under either name; undefined if nothing.
   * @throws Failure `config.option` where the two names contradict each other
   */
  value(option: string): unknown {
    const alias = this.aliases[option];
    const named = Object.hasOwn(this.json, option);
    if (alias === undefined || !Object.hasOwn(this.json, alias))
      return named ? this.json[option] : undefined;
    const value = this.json[alias];
    const own = JSON.stringify(named ? this.json[option] : value);
    if (own === JSON.stringify(value)) return value;
    const supported = `${own} (${option})`;
    throw new Failure('config.option', { option: alias, value: JSON.stringify(value), supported });
  }

  /** A whole number ≥ 1; null where the file says null, `absent` where it says nothing. */
  countOrNull(option: string, absent: number | null): number | null {
    const value = this.value(option);
    if (value === null || (value === undefined && absent === null)) return null;
    return this.count(option, absent ?? 1);
  }

  /** The options of an object of its own; null if there is none. @throws Failure `config.object` */
  section(option: string): ConfigReader | null {
    const value = this.value(option) ?? null;
    if (value === null) return null;
    if (typeof value === 'object' && !Array.isArray(value))
      return new ConfigReader(Object.fromEntries(Object.entries(value)));
    throw new Failure('config.object', { option, value: this.written(option) });
  }

  /** Every option with its value. */
  entries(): readonly (readonly [option: string, value: unknown])[] {
    return Object.entries(this.json);
  }

  /** A list of texts; null if there is none. @throws Failure `config.texts` */
  texts(option: string): readonly string[] | null {
    const value = this.value(option) ?? null;
    if (value === null) return null;
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
    throw new Failure('config.texts', { option, value: this.written(option) });
  }

  /** Refuses an option that this family cannot run. */
  refuse(option: string, supported: string): never {
    throw new Failure('config.option', { option, value: this.written(option), supported });
  }

  /** A whole number ≥ `least`. */
  count(option: string, fallback: number, least = 1): number {
    const value = this.value(option) ?? fallback;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
    throw new Failure('config.count', { option, value: this.written(option), least });
  }

  number(option: string, fallback: number): number {
    const value = this.value(option) ?? fallback;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw new Failure('config.number', { option, value: this.written(option) });
  }

  /** A number above 0. @throws Failure `config.positive` */
  positive(option: string, fallback: number): number {
    const value = this.value(option) ?? fallback;
    if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
    throw new Failure('config.positive', { option, value: this.written(option) });
  }

  /** A text. @throws Failure `config.text` */
  text(option: string, fallback: string): string {
    const value = this.value(option) ?? fallback;
    if (typeof value === 'string') return value;
    throw new Failure('config.text', { option, value: this.written(option) });
  }

  /** Null means no, as it does in Python. */
  flag(option: string, fallback: boolean): boolean {
    const given = this.value(option);
    const value = given === null ? false : (given ?? fallback);
    if (typeof value === 'boolean') return value;
    throw new Failure('config.flag', { option, value: this.written(option) });
  }

  /** One token id. */
  token(option: string, fallback: number): number {
    return this.count(option, fallback, 0);
  }

  /** One token id or a list of them. */
  tokens(option: string, fallback: number): number[] {
    const value = this.value(option) ?? fallback;
    const list: unknown[] = Array.isArray(value) ? value : [value];
    const ids = list.filter((id): id is number => Number.isSafeInteger(id));
    if (ids.length === list.length && ids.length > 0) return ids;
    throw new Failure('config.tokens', { option, value: this.written(option) });
  }

  /** One of the values this family can run. @throws Failure `config.option` that names the option */
  choice<T extends string | boolean>(option: string, supported: readonly T[], fallback: T): T {
    const value = this.value(option) ?? fallback;
    const chosen = supported.find((one) => one === value);
    if (chosen !== undefined) return chosen;
    throw new Failure('config.option', {
      option,
      value: JSON.stringify(value),
      supported: supported.join(', '),
    });
  }

  activation(option: string, fallback: string): Activation {
    return this.activationNamed(option, this.text(option, fallback));
  }

  /** The function of a name that an option contains. */
  activationNamed(option: string, name: string): Activation {
    if (Object.hasOwn(ACTIVATIONS, name)) return ACTIVATIONS[name]!;
    this.refuse(option, Object.keys(ACTIVATIONS).join(', '));
  }

  /** A number that must be a divisor of another. */
  divides(option: string, parts: number, whole: number): void {
    if (whole % parts !== 0) throw new Failure('config.heads', { option, value: parts, whole });
  }

  /** What another option has decided already. */
  equals(option: string, value: number, expected: number): void {
    if (value !== expected)
      throw new Failure('config.option', { option, value, supported: expected });
  }

  /** The value as the file has it. */
  private written(option: string): string {
    return JSON.stringify(this.value(option)) ?? 'undefined';
  }
}

/** Names of Hugging Face's activation table that mean a function we have. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  relu: 'relu',
  relu2: 'relu2',
  relu6: 'relu6',
  leaky_relu: 'leaky_relu',
  gelu: 'gelu',
  gelu_python: 'gelu',
  gelu_10: 'gelu_10',
  gelu_new: 'gelu_new',
  gelu_fast: 'gelu_new',
  gelu_accurate: 'gelu_new',
  gelu_pytorch_tanh: 'gelu_new',
  gelu_python_tanh: 'gelu_new',
  quick_gelu: 'quick_gelu',
  swish: 'swish',
  silu: 'swish',
  mish: 'mish',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  linear: 'linear',
};
