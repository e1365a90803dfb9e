import * as tf from '@tensorflow/tfjs-core';
import { throwIfCancelled } from '../failure/cancellation';
import type { KeysValues, NewKeysValues } from './attention/keysValues';
import type { Block, CrossContext } from './blocks/block';
import type { StackConfig } from './config';
import type { Embeddings } from './embeddings';
import type { Linear } from './linear';
import { LayerMasks } from './mask';
import type { Norm } from './normalization';
import { alibiBias } from './positions/alibi';
import { placedRows } from './positions/placedRows';
import { positionRows, type PastTokens } from './positions/positionRows';
import { noEffect, type PositionEffect, type ScoreBias } from './positions/positionEffect';
import { relativeBias } from './positions/relativeBias';
import { Rotation } from './positions/rotary';
import { swappedBias } from './positions/swappedBias';
import { offer, type HookName, type Probe } from './probe';
import type { RunControl } from './runControl';
import { checkTokens, type TokenBatch } from './sequence';
import type { Variation } from './variation';

export interface StackParts {
  readonly embeddings: Embeddings;
  readonly blocks: readonly Block[];
  /** After the last block of pre-norm stacks. */
  readonly finalNorm: Norm | null;
  /** From d_model to the width of the token table, after that (OPT). */
  readonly outProjection: Linear | null;
  /** `[bucket, head]`, shared by all layers. */
  readonly relativeBias: Float32Array | null;
}

/** Tokens of a step and what they may see. */
export interface StackStep {
  readonly tokens: TokenBatch;
  readonly past: PastTokens;
  readonly variation: Variation;
  /** A layer's own keys and values → all that may be attended to. */
  remember(layer: number, own: NewKeysValues): KeysValues;
  /** What a layer sees of the encoder; null: there is none. */
  cross(layer: number): CrossContext | null;
}

/** Embeddings, then N blocks (either half of figure 1). All computing of encoders and decoders is here. */
export class Stack {
  constructor(
    readonly kind: 'encoder' | 'decoder',
    /** Of its hooks: `encoder.`, `decoder.`, or nothing where a model has but one stack. */
    readonly prefix: HookName,
    readonly config: StackConfig,
    readonly parts: StackParts,
    private readonly padToken: number | null,
  ) {}

  /** The same stack with other blocks. */
  madeOf(blocks: readonly Block[]): Stack {
    const { kind, prefix, config, parts, padToken } = this;
    return new Stack(kind, prefix, config, { ...parts, blocks }, padToken);
  }

  /**
   * Computes a layer at a time; the caller owns the result `[batch · position, width]`.
   * @throws Failure `run.cancelled`, `text.tooManyTokens`, `model.*`, `variation.*`; no tensor is left behind.
   */
  async run(step: StackStep, probe: Probe, control: RunControl): Promise<tf.Tensor2D> {
    const { tokens, past, variation } = step;
    const { places, unmasked } = variation;
    const { embeddings, blocks } = this.parts;
    this.check(tokens, past);
    const { positions } = this.config;
    const own = positionRows(tokens, past, positions, this.padToken);
    const rows = placedRows(own, tokens, past, positions, places);
    const keys = past.length + tokens.length;
    const causalOffset = this.kind === 'decoder' && !unmasked ? past.length : null;
    const masks = new LayerMasks({ queries: tokens, keys, keyMask: past.mask, causalOffset });
    let x = tf.tidy(() => embeddings.apply(tokens, rows, probe, this.prefix));
    let effect = noEffect;
    try {
      effect = this.effect(rows, step);
      for (const [layer, block] of blocks.entries()) {
        throwIfCancelled(control.signal);
        const context = {
          shape: tokens,
          mask: masks.of(unmasked ? null : this.config.window(layer)),
          effect,
          variation,
          remember: (own: NewKeysValues) => step.remember(layer, own),
          cross: step.cross(layer),
          probe,
        };
        const next = tf.tidy(() => block.apply(x, context));
        x.dispose();
        x = next;
        await control.afterLayer(this.kind, layer);
      }
      throwIfCancelled(control.signal);
      return this.finish(x, tokens, probe);
    } catch (error) {
      x.dispose();
      throw error;
    } finally {
      masks.dispose();
      effect.rotation?.dispose();
      effect.bias?.dispose();
    }
  }

  private check(tokens: TokenBatch, past: PastTokens): void {
    const { embedding, positions } = this.config;
    const limit =
      positions.kind === 'sinusoidal' || positions.kind === 'learned'
        ? positions.count - past.length
        : null;
    checkTokens(tokens, {
      vocabulary: embedding.vocabulary,
      types: embedding.types,
      // Padding needs no position where positions are counted by real tokens; what is too many is found there.
      positions: tokens.positions || past.mask.includes(0) ? null : limit,
    });
  }

  /**
   * What positions do within attention. The caller disposes it.
   * @param rows the positions of the tokens; null: none
   */
  private effect(rows: Int32Array | null, step: StackStep): PositionEffect {
    const { positions, headWidth } = this.config;
    if (positions.kind === 'rotary') {
      // Without places all stand at the first, where nothing is turned: a factor on the vectors stays.
      const turned = rows ?? new Int32Array(step.tokens.ids.length);
      return { rotation: Rotation.at(turned, positions, headWidth), bias: null };
    }
    const bias = rows && this.bias(step);
    return bias ? { rotation: null, bias } : noEffect;
  }

  /** What positions add to the scores; null: nothing. */
  private bias(step: StackStep): ScoreBias | null {
    const { tokens, past, variation } = step;
    const { heads } = this.config;
    const bias = this.ownBias(tokens, past);
    const { places } = variation;
    if (bias === null || places.kind !== 'swapped') return bias;
    return swappedBias(bias, heads, tokens, past, places);
  }

  private ownBias(tokens: TokenBatch, past: PastTokens): ScoreBias | null {
    const { positions, heads } = this.config;
    switch (positions.kind) {
      case 'alibi':
        return alibiBias(heads, past.mask, tokens.batch);
      case 'relativeBias': {
        const keys = past.length + tokens.length;
        const span = { queries: tokens.length, keys, offset: past.length };
        return relativeBias(this.parts.relativeBias!, heads, positions, span);
      }
      default:
        return null;
    }
  }

  /** Final norm and projection; hands on whichever tensor is valid afterwards. */
  private finish(x: tf.Tensor2D, { batch, length }: TokenBatch, probe: Probe): tf.Tensor2D {
    const { finalNorm, outProjection } = this.parts;
    const output = tf.tidy(() => {
      const normed = finalNorm ? finalNorm.apply(x) : x;
      const projected = outProjection ? outProjection.apply(normed) : normed;
      return offer(probe, `${this.prefix}ln_final`, projected, [batch, length, projected.shape[1]]);
    });
    if (output !== x) x.dispose();
    return output;
  }
}
