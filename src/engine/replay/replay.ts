import { Failure } from '../../failure/failure';
import type { HookName } from '../../transformer/probe';

/** What was at a hook, in the hook's own shape without the batch of one. */
export interface HookValue {
  readonly shape: readonly number[];
  /** Row-major; not to be changed. */
  readonly numbers: Float32Array;
}

/** What another pass over the tokens of a trace computed: values at hooks, and the last stack's output. */
export class Replay {
  constructor(
    private readonly values: ReadonlyMap<HookName, HookValue>,
    /** What the head reads, `[position, width]`. */
    readonly states: HookValue,
  ) {}

  get bytes(): number {
    return [...this.values.values()].reduce(
      (sum, { numbers }) => sum + numbers.byteLength,
      this.states.numbers.byteLength,
    );
  }

  has(name: HookName): boolean {
    return this.values.has(name);
  }

  /** A value that was asked for. */
  value(name: HookName): HookValue {
    const found = this.values.get(name);
    if (!found) throw new Failure('internal.unexpected', { reason: `no hook ${name}` });
    return found;
  }

  /** A row `[…]` of a value `[position, …]`: shares memory. */
  row(name: HookName, position: number): Float32Array {
    return rowOfValue(this.value(name), position);
  }

  /** The same pass with what another one kept besides. */
  with(other: Replay): Replay {
    return new Replay(new Map([...this.values, ...other.values]), this.states);
  }
}

/** A row of a value's first dimension; shares memory. */
export function rowOfValue({ shape, numbers }: HookValue, position: number): Float32Array {
  const width = shape.slice(1).reduce((product, size) => product * size, 1);
  return numbers.subarray(position * width, (position + 1) * width);
}
