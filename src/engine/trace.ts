import { Failure } from '../failure/failure';
import type { Stack } from '../protocol/address';
import type { Plan, Token, TraceId, WrittenToken } from '../protocol/trace';
import type { LoadedModel } from './loadedModel';
import { LayerTrace } from './layerTrace';
import type { PictureQueue } from './pictureQueue';

/**
 * The record of one run: tokens, and for every layer of every stack the attention and the values it
 * mixed. The engine owns it; host and webview ask it for pieces.
 */
export class Trace {
  readonly written: WrittenToken[] = [];
  private readonly layers: Readonly<Record<Stack, readonly LayerTrace[]>>;

  constructor(
    readonly id: TraceId,
    readonly plan: Plan,
    readonly model: LoadedModel,
    /** What the viewer has not seen of it. */
    readonly pictures: PictureQueue,
  ) {
    const { layers, heads } = plan.model;
    const make = (count: number, headCount: number): LayerTrace[] =>
      Array.from({ length: count }, () => new LayerTrace(headCount));
    this.layers = {
      encoder: make(layers.encoder, heads.encoder),
      decoder: make(layers.decoder, heads.decoder),
      cross: make(layers.decoder, heads.decoder),
    };
  }

  /** Bytes held outside tfjs. */
  get bytes(): number {
    return Object.values(this.layers)
      .flat()
      .reduce((sum, layer) => sum + layer.bytes, 0);
  }

  get source(): readonly Token[] {
    return this.plan.source;
  }

  /** Decoder tokens: the start token, then what was written. */
  get target(): readonly Token[] {
    return [...this.plan.target, ...this.written.map(({ token }) => token)];
  }

  /** Where a run writes. */
  writable(stack: Stack, layer: number): LayerTrace {
    return this.layers[stack][layer]!;
  }

  /** The layers of a stack whose attention exists, each with its number. */
  computed(stack: Stack): readonly (readonly [layer: number, record: LayerTrace])[] {
    return [...this.layers[stack].entries()].filter(([, { attention }]) => attention.queries > 0);
  }

  /** One layer, or all those computed. @throws Failure `trace.noLayer`, `trace.notCaptured` */
  readable(stack: Stack, layer: number | 'mean'): readonly LayerTrace[] {
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
