import { Failure } from '../failure/failure';
import type { Side, Stack } from '../protocol/address';
import { stacksOf } from '../protocol/stacks';
import type { Architecture, Plan, Token, TraceId, WrittenToken } from '../protocol/trace';
import { LayerTrace } from './layerTrace';
import type { PictureQueue } from './pictureQueue';
import { ReplayStore } from './replay/replayStore';
import { isTokenTask, predictsTokens, TokenPredictions } from './tokenPredictions';
import type { TracedModel } from './tracedModel';

/**
 * Replays a trace keeps: a short text as trained and a few changes of it, or of a long one the way of
 * all tokens through all layers (512 tokens of GPT-2: 113 MB). They are the first to go when room is needed.
 */
const REPLAY_BYTES = 192 * 2 ** 20;

/**
 * The record of one run: tokens, for every layer of every stack the attention and the values it
 * mixed, and what the model says of each token. The engine owns it; host and webview ask it for
 * pieces.
 */
export class Trace {
  private readonly writtenTokens: WrittenToken[] = [];
  /** What was computed again to answer questions about it. */
  readonly replays = new ReplayStore(REPLAY_BYTES);
  /** Of models that predict tokens of the text, else null. */
  readonly predictions: TokenPredictions | null;
  private readonly layers: Readonly<Record<Stack, LayerTrace[]>>;

  constructor(
    readonly id: TraceId,
    readonly plan: Plan,
    readonly model: TracedModel,
    /** What the viewer has not seen of it. */
    readonly pictures: PictureQueue,
    /** What transformers calls token_type_ids, `[source token]`; null: the model has no such input. */
    readonly typeIds: readonly number[] | null = null,
  ) {
    const { architecture, layers, heads, task } = plan.model;
    const make = (stack: Stack): LayerTrace[] => {
      if (!stacksOf(architecture).includes(stack)) return [];
      const side = stack === 'encoder' ? 'encoder' : 'decoder';
      return Array.from({ length: layers[side] }, () => new LayerTrace(heads[side]));
    };
    this.layers = { encoder: make('encoder'), decoder: make('decoder'), cross: make('cross') };
    this.predictions =
      isTokenTask(task) && predictsTokens(plan.model)
        ? new TokenPredictions(
            task,
            plan.source.map(({ id: token }) => token),
          )
        : null;
  }

  get architecture(): Architecture {
    return this.plan.model.architecture;
  }

  /** Bytes held outside tfjs. */
  get bytes(): number {
    return bytesOfTraces([this]);
  }

  /** What it holds the numbers of its layers in; other traces may hold some of it as well. */
  get storage(): readonly (Float32Array | Float64Array)[] {
    return Object.values(this.layers).flatMap((layers) => layers.flatMap(({ storage }) => storage));
  }

  /** What the model wrote, or was given to write. */
  get written(): readonly WrittenToken[] {
    return this.writtenTokens;
  }

  /** The output goes on. */
  write(next: WrittenToken): void {
    this.writtenTokens.push(next);
    if (this.writingSide === 'source') this.predictions?.follow(next.token.id);
  }

  /** The side that written tokens belong to: a model that is but a decoder goes on with the reader's text. */
  get writingSide(): Side {
    return this.architecture === 'decoder' ? 'source' : 'target';
  }

  /** Tokens of the text, and of what a model that is but a decoder wrote behind it. */
  get source(): readonly Token[] {
    return this.side('source');
  }

  /** Tokens of an encoder–decoder's decoder: the start token, then what was written. */
  get target(): readonly Token[] {
    return this.side('target');
  }

  /** Source tokens that the model has read: the last one it wrote it never reads. */
  get read(): readonly Token[] {
    const { source, writingSide } = this;
    return writingSide === 'source' && this.written.length > 0 ? source.slice(0, -1) : source;
  }

  /** Text of the tokens written so far. */
  get output(): string {
    const { written, model } = this;
    return written.length === 0
      ? ''
      : model.tokenizer.decode(written.map(({ token }) => token.id)).text;
  }

  private side(side: Side): readonly Token[] {
    const given = this.plan[side];
    if (side !== this.writingSide || this.written.length === 0) return given;
    return [...given, ...this.written.map(({ token }) => token)];
  }

  /** @throws Failure `trace.noStack` */
  checkStack(stack: Stack): void {
    const known = stacksOf(this.architecture);
    if (!known.includes(stack))
      throw new Failure('trace.noStack', { stack, known: known.join(', ') });
  }

  /** Where a run writes. */
  writable(stack: Stack, layer: number): LayerTrace {
    return this.layers[stack][layer]!;
  }

  /** Puts a whole layer where another one was, or none. @returns the other one */
  place(stack: Stack, layer: number, record: LayerTrace): LayerTrace {
    const before = this.layers[stack][layer]!;
    this.layers[stack][layer] = record;
    return before;
  }

  /** Some of its layers are there approximately. */
  get isApproximate(): boolean {
    return Object.values(this.layers).some((layers) =>
      layers.some(({ approximate }) => approximate),
    );
  }

  /** The layers of a stack whose exact attention exists, each with its number. */
  computed(stack: Stack): readonly (readonly [layer: number, record: LayerTrace])[] {
    return [...this.layers[stack].entries()].filter(
      ([, { attention, approximate }]) => attention.queries > 0 && !approximate,
    );
  }

  /**
   * One layer, or all those computed.
   * @throws Failure `trace.noStack`, `trace.noLayer`, `trace.notCaptured`, `trace.approximate`
   */
  readable(stack: Stack, layer: number | 'mean'): readonly LayerTrace[] {
    const chosen = this.shown(stack, layer);
    if (chosen.some(({ approximate }) => approximate)) throw new Failure('trace.approximate');
    return chosen;
  }

  /**
   * The same for who marks what is approximate.
   * @throws Failure `trace.noStack`, `trace.noLayer`, `trace.notCaptured`
   */
  shown(stack: Stack, layer: number | 'mean'): readonly LayerTrace[] {
    this.checkStack(stack);
    const all = this.layers[stack];
    if (layer !== 'mean' && layer >= all.length) {
      throw new Failure('trace.noLayer', { value: layer, last: all.length - 1 });
    }
    const chosen = layer === 'mean' ? all : [all[layer]!];
    const missing = chosen.findIndex(({ attention }) => attention.queries === 0);
    if (missing >= 0) {
      const number = layer === 'mean' ? missing : layer;
      throw new Failure('trace.notCaptured', { layer: number });
    }
    return chosen;
  }
}

/** Bytes that some traces hold outside tfjs; what several share counts once. */
export function bytesOfTraces(traces: Iterable<Trace>): number {
  const counted = new Set<ArrayBufferLike>();
  let bytes = 0;
  for (const { predictions, replays, storage } of new Set(traces)) {
    bytes += (predictions?.bytes ?? 0) + replays.bytes;
    for (const { buffer } of storage) {
      if (counted.has(buffer)) continue;
      counted.add(buffer);
      bytes += buffer.byteLength;
    }
  }
  return bytes;
}
