import type { AttendedText } from './attendedText';
import type { AttentionRecord } from './attentionRecord';
import { writeWithoutSpecials } from './hideSpecials';
import { repeatedTokens } from './repeatedTokens';
import { rowEntropy } from './rowEntropy';

/** What a head does on a text: means over its rows, null where no row has the measure. */
export interface HeadMeasures {
  /** −Σ α log₂ α, in bits. */
  readonly entropy: number | null;
  /** Weight on the token right before, right after, and on the token itself. One text only. */
  readonly previous: number | null;
  readonly next: number | null;
  readonly self: number | null;
  /** Weight on the first token of the text looked at; of those shown, if specials are hidden. */
  readonly first: number | null;
  /** Weight on special tokens before any is hidden. */
  readonly special: number | null;
  /** Σ α·|query − key|, in tokens. One text only. */
  readonly distance: number | null;
  /** Weight on other occurrences of the same token, over the queries that see one. One text only. */
  readonly duplicate: number | null;
}

/** In the order in which those of a row are kept. */
export const MEASURES = [
  'entropy',
  'previous',
  'next',
  'self',
  'first',
  'special',
  'distance',
  'duplicate',
] as const satisfies readonly (keyof HeadMeasures)[];
const [ENTROPY, PREVIOUS, NEXT, SELF, FIRST, SPECIAL, DISTANCE, DUPLICATE] = [
  0, 1, 2, 3, 4, 5, 6, 7,
];

/** The texts of a stack and how they are shown. */
export interface ProfiledTexts {
  readonly stack: 'encoder' | 'decoder' | 'cross';
  readonly queries: AttendedText;
  readonly keys: AttendedText;
  /** Leave special tokens out, as queries and as keys, and renormalise each row over the rest. */
  readonly hideSpecials: boolean;
}

/**
 * Measures the heads of a stack. What they share (where the text repeats itself, the memory for one
 * row) is made once, so that hundreds of heads cost their weights and nothing else.
 */
export class HeadProfiler {
  /** Of self-attention: positions of queries and keys are positions in the same text. */
  private readonly oneText: boolean;
  private readonly specialKeys: readonly number[];
  private readonly firstKey: number;
  private readonly repeated: readonly (readonly number[])[]; // [query][key]
  private readonly scratch: Float32Array;

  constructor(private readonly texts: ProfiledTexts) {
    const { stack, queries, keys, hideSpecials } = texts;
    this.oneText = stack !== 'cross';
    this.specialKeys = keys.special.flatMap((special, key) => (special ? [key] : []));
    this.firstKey = hideSpecials ? keys.special.indexOf(false) : 0;
    this.repeated = this.oneText ? repeatedTokens(queries, stack === 'decoder') : [];
    this.scratch = new Float32Array(keys.ids.length);
  }

  get hidesSpecials(): boolean {
    return this.texts.hideSpecials;
  }

  /**
   * What `head` does in the row of a query as it is shown, into numbers in the order of `MEASURES` that
   * are all NaN. A row without any weight left has `special` only.
   */
  measureRow(record: AttentionRecord, head: number, query: number, into: Float64Array): void {
    const { texts, firstKey, oneText } = this;
    if (texts.hideSpecials && texts.queries.special[query]) return;
    const whole = record.row(head, query);
    into[SPECIAL] = weightOn(whole, this.specialKeys);
    const row = texts.hideSpecials ? this.withoutSpecials(whole) : whole;
    const entropy = rowEntropy(row);
    if (entropy === null) return;
    into[ENTROPY] = entropy;
    into[FIRST] = row[firstKey] ?? Number.NaN;
    if (!oneText) return;
    into[PREVIOUS] = row[query - 1] ?? Number.NaN;
    if (texts.stack === 'encoder') into[NEXT] = row[query + 1] ?? Number.NaN;
    into[SELF] = row[query] ?? Number.NaN;
    into[DISTANCE] = meanDistance(row, query);
    const others = this.repeated[query] ?? [];
    if (others.length > 0) into[DUPLICATE] = weightOn(row, others);
  }

  private withoutSpecials(row: Float32Array): Float32Array {
    const shown = this.scratch.subarray(0, row.length);
    writeWithoutSpecials(row, this.texts.keys.special, 0, shown);
    return shown;
  }
}

/** Sum of the weights on some keys; those beyond the row (not there yet) weigh nothing. */
function weightOn(row: Float32Array, keys: readonly number[]): number {
  let sum = 0;
  for (const key of keys) sum += row[key] ?? 0;
  return sum;
}

/** Σ α·|query − key| over the keys shown. */
function meanDistance(row: Float32Array, query: number): number {
  let sum = 0;
  for (let key = 0; key < row.length; key++) {
    const weight = row[key]!;
    if (weight > 0) sum += weight * Math.abs(query - key); // false for NaN
  }
  return sum;
}
