import * as tf from '@tensorflow/tfjs-core';
import { runOwnKernel } from '../operations/ownKernels';
import { offer, type HookName, type Probe } from '../probe';
import { split } from './headRows';
import { headScores, isChanged, scaled } from './headScores';
import type { KeysValues, NewKeysValues, Queries } from './keysValues';

/** Keys (or dimensions of values) that lie side by side: what a kernel multiplies at once. */
const PANEL = 8;
const FLOAT_BYTES = 4;

/** Of one sequence, all its heads. */
interface SequenceKeysValues {
  readonly keys: tf.Tensor4D; // [head, capacity / 8, d, 8]: panels of eight keys
  readonly values: tf.Tensor4D; // [head, ⌈d / 8⌉, capacity, 8]: panels of eight dimensions
}

/**
 * Keys and values in the layout of our own kernels, with room for tokens to come: a step writes its own
 * behind the others, in place. Each sequence lies by itself, so that beams move without being copied.
 */
export class PackedKeysValues implements KeysValues {
  private constructor(
    private readonly heads: number,
    private readonly width: number,
    private sequences: readonly SequenceKeysValues[],
    private tokens: number,
  ) {}

  static of(first: NewKeysValues): PackedKeysValues {
    const { shape, heads } = first;
    const width = first.keys.shape[1] / heads;
    const room = { heads, width, capacity: upToPanels(shape.length), length: 0 };
    const sequences = Array.from({ length: shape.batch }, () => roomFor(room, null));
    const made = new PackedKeysValues(heads, width, sequences, shape.length);
    write(first, sequences, 0);
    return made;
  }

  get length(): number {
    return this.tokens;
  }

  get tensors(): readonly tf.Tensor[] {
    return this.sequences.flatMap(({ keys, values }) => [keys, values]);
  }

  get bytes(): number {
    return this.sequences.reduce((sum, { keys, values }) => {
      const capacity = values.shape[2];
      return sum + (FLOAT_BYTES * (keys.size + values.size) * this.tokens) / capacity;
    }, 0);
  }

  answer(queries: Queries, probe: Probe, name: HookName): tf.Tensor2D {
    if (queries.changed || probe.wants(`${name}.scores`))
      return this.answerInSteps(queries, probe, name);
    const { mask } = queries;
    const masks = this.sequences.map((_, row) => mask.besidesFuture(row));
    const [pattern, z] = runOwnKernel(
      'Attend',
      { ...this.asked(queries, masks), values: this.values },
      { ...this.sizes(queries), causalOffset: mask.causalOffset ?? -1 },
    );
    const seen = offer(probe, `${name}.pattern`, pattern, pattern.shape);
    return seen === pattern ? z : this.mix(seen);
  }

  keep(): void {
    for (const { keys, values } of this.sequences) {
      tf.keep(keys);
      tf.keep(values);
    }
  }

  append(more: NewKeysValues): void {
    const length = this.tokens + more.shape.length;
    const before = this.sequences;
    this.sequences = before.map((one, row) => this.writable(one, row, length));
    this.keep();
    for (const [row, one] of before.entries()) if (one !== this.sequences[row]) free(one);
    write(more, this.sequences, this.tokens);
    this.tokens = length;
  }

  reorder(rows: Int32Array): void {
    const before = this.sequences;
    const taken = new Set<SequenceKeysValues>();
    this.sequences = Array.from(rows, (row) => {
      const one = before[row]!;
      if (taken.has(one)) return shared(one);
      taken.add(one);
      return one;
    });
    this.keep();
    for (const one of before) if (!taken.has(one)) free(one);
  }

  truncate(length: number): void {
    this.tokens = Math.min(this.tokens, length);
  }

  dispose(): void {
    this.sequences.forEach(free);
  }

  /** The steps of `Attend` one by one, where what is between them is seen or changed. */
  private answerInSteps(queries: Queries, probe: Probe, name: HookName): tf.Tensor2D {
    const raw = queries.changed ? this.changedScores(queries) : this.scores(queries);
    const scores = offer(probe, `${name}.scores`, raw, raw.shape);
    const weights = runOwnKernel('AttentionPattern', { scores }, {});
    return this.mix(offer(probe, `${name}.pattern`, weights, weights.shape));
  }

  /** `[batch, head, query, key]` */
  private scores(queries: Queries): tf.Tensor4D {
    const masks = this.sequences.map((_, row) => queries.mask.of(row));
    return runOwnKernel('AttentionScores', this.asked(queries, masks), this.sizes(queries));
  }

  /** The same where some heads compare in another way, composed of tfjs's operations. */
  private changedScores(queries: Queries): tf.Tensor4D {
    const { shape, heads } = queries;
    const trained = tf.unstack(
      tf.reshape(this.scores(queries), [shape.batch * heads, shape.length, this.tokens]),
    ) as tf.Tensor2D[];
    const rows = split(scaled(queries), shape, heads);
    const sharing = heads / this.heads;
    const plain = this.sequences.map(({ keys }) =>
      tf.unstack(runOwnKernel('UnpackKeys', { keys }, { length: this.tokens })),
    ) as tf.Tensor2D[][]; // by sequence and head, [d, key]
    const all = trained.map((own, i) => {
      const [sequence, head] = [Math.floor(i / heads), i % heads];
      if (!isChanged(queries, head)) return own;
      const keysTransposed = plain[sequence]![Math.floor(head / sharing)]!;
      return headScores(queries, sequence, head, rows[i]!, keysTransposed);
    });
    return tf.reshape(tf.stack(all), [shape.batch, heads, shape.length, this.tokens]);
  }

  private mix(pattern: tf.Tensor4D): tf.Tensor2D {
    return runOwnKernel('AttentionMix', { pattern, values: this.values }, { width: this.width });
  }

  private get values(): tf.Tensor4D[] {
    return this.sequences.map(({ values }) => values);
  }

  private asked({ rows, heads, bias }: Queries, masks: readonly (tf.Tensor2D | null)[]) {
    const biases = bias
      ? this.sequences.flatMap((_, row) =>
          Array.from({ length: heads }, (__, head) => bias.of(row, head)),
        )
      : [];
    return { query: rows, keys: this.sequences.map(({ keys }) => keys), masks, biases };
  }

  private sizes({ heads, scale }: Queries) {
    return { heads, length: this.tokens, scale };
  }

  /** A sequence that has room for `length` tokens and that no other one shares. */
  private writable(one: SequenceKeysValues, row: number, length: number): SequenceKeysValues {
    const capacity = one.values.shape[2];
    const fits = length <= capacity;
    const sharesOther = this.sequences.some(
      ({ keys }, other) => other < row && keys.dataId === one.keys.dataId,
    );
    if (fits && !sharesOther) return one;
    const { heads, width, tokens } = this;
    // Doubled, so that what a text of n steps copies in all stays below 2 n tokens.
    const enough = fits ? capacity : Math.max(upToPanels(length), 2 * capacity);
    return roomFor({ heads, width, capacity: enough, length: tokens }, one);
  }
}

const upToPanels = (tokens: number): number => Math.ceil(tokens / PANEL) * PANEL;

function roomFor(
  room: { heads: number; width: number; capacity: number; length: number },
  from: SequenceKeysValues | null,
): SequenceKeysValues {
  const inputs = { keys: from?.keys ?? null, values: from?.values ?? null };
  const [keys, values] = runOwnKernel('KeysValuesRoom', inputs, room);
  return { keys, values };
}

function write(
  { keys: keyRows, values: valueRows }: NewKeysValues,
  sequences: readonly SequenceKeysValues[],
  past: number,
): void {
  const keys = sequences.map((one) => one.keys);
  const values = sequences.map((one) => one.values);
  runOwnKernel('AppendKeysValues', { keyRows, valueRows, keys, values }, { past });
}

/** The same numbers once more: a reshaped tensor shares them. */
const shared = ({ keys, values }: SequenceKeysValues): SequenceKeysValues => ({
  keys: tf.reshape(keys, keys.shape),
  values: tf.reshape(values, values.shape),
});

const free = ({ keys, values }: SequenceKeysValues): void => tf.dispose([keys, values]);
