import type { Token } from '../protocol/trace';
import type { Decoding } from '../transformer/decoding';
import { isPrefixStable } from '../transformer/prefixStability';
import type { SharedTokens } from './captureProbe';
import type { LoadedModel } from './loadedModel';
import type { Trace } from './trace';
import type { TracedModel } from './tracedModel';

const FLOAT_BYTES = 4;

/** The last text that a causal model has read to its end. */
interface ReadText {
  readonly model: LoadedModel;
  readonly trace: Trace;
  /** Keys and values of its tokens, or of the first of them. */
  readonly decoding: Decoding;
}

/**
 * Keys and values of the last text that a causal model read, with its trace: a text that begins
 * alike goes on from there. The numbers of a token depend on nothing that follows it, so they are
 * those of a fresh run.
 */
export class PrefixMemory {
  private read: ReadText | null = null;
  /** A run goes on from it and has it to itself, or is about to. */
  private lent = false;

  /** What it keeps alive besides keys and values. */
  get traces(): readonly Trace[] {
    return this.read ? [this.read.trace] : [];
  }

  /** Bytes of keys and values. */
  get bytes(): number {
    const tensors = this.read?.decoding.tensors ?? [];
    return tensors.reduce((sum, { size }) => sum + FLOAT_BYTES * size, 0);
  }

  get tensors(): number {
    return this.read?.decoding.tensors.length ?? 0;
  }

  isOf(model: TracedModel): boolean {
    return this.read?.model === model;
  }

  /** Forgets what another model read than that of a folder. */
  limitTo(folder: string): void {
    if (this.read?.model.folder !== folder) this.drop();
  }

  /** A model is freed. */
  forget(model: LoadedModel): void {
    if (this.isOf(model)) this.drop();
  }

  /** What a text has in common with it, which stays until it is let go; null: nothing that could be used. */
  sharedWith(model: LoadedModel, source: readonly Token[]): SharedTokens | null {
    const { read } = this;
    if (read?.model !== model) return null;
    const { trace, decoding } = read;
    const before = trace.source;
    if (!isPrefixStable(model.transformer.config, [before.length, source.length])) return null;
    // What says something of the whole text needs the states of all its tokens.
    if (trace.predictions === null && trace.plan.model.task !== null) return null;
    const differs = source.findIndex((token, i) => !isSame(token, before[i]));
    const alike = differs < 0 ? source.length : differs;
    // At least one token is read: what the last one leads to is to be said.
    const known = Math.min(alike, decoding.length, source.length - 1);
    // How likely what follows now was at the last common token, only its logits tell; those of a text's end are kept.
    const tokens = known === alike && known < before.length ? known - 1 : known;
    this.lent = tokens > 0;
    return this.lent ? { earlier: trace, tokens } : null;
  }

  /** Lends keys and values of the tokens that `sharedWith` told, and no others. */
  lend({ tokens }: SharedTokens): Decoding {
    const { decoding } = this.read!;
    decoding.truncate(tokens);
    return decoding;
  }

  /** Takes back what was lent after a run that came to nothing: as much as was lent is still good. */
  takeBack({ tokens }: SharedTokens): void {
    this.read!.decoding.truncate(tokens);
  }

  /** The run that it was lent to is over. */
  letGo(): void {
    this.lent = false;
  }

  /** Keeps a text that was read to its end, in place of the one before, whose decoding it may go on with. */
  keep(read: ReadText): void {
    this.lent = false;
    if (this.read?.decoding !== read.decoding) this.drop();
    this.read = read;
  }

  /** Frees everything, unless a run has it. */
  drop(): void {
    if (this.lent) return;
    this.read?.decoding.dispose();
    this.read = null;
  }
}

/** Tokens count as the same where their trace would be: a special one may be spelt in the text, too. */
const isSame = (a: Token, b: Token | undefined): boolean =>
  a.id === b?.id && a.special === b.special;
