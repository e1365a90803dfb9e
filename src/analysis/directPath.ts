import type { Block } from '../transformer/blocks/block';
import type { HookName } from '../transformer/probe';
import type { Stack } from '../transformer/stack';
import { pullThrough } from './frozenNorm';
import { headProducts, numbersOf } from './headVectors';
import { dot } from './vectors';

/** What was at a hook, at the token in question: `[width]`. */
export type RowAt = (name: HookName) => Float32Array;

/** What each part of a stack adds along a direction of its output; all of these add up. */
export interface DirectShares {
  /** By layer and head. */
  readonly self: readonly Float64Array[];
  /** Empty: no cross-attention. */
  readonly cross: readonly Float64Array[];
  /** By layer. */
  readonly feedForward: readonly number[];
  readonly embedding: number;
  /** Of b_O, over all attentions. */
  readonly attentionBiases: number;
  /** Of biases of norms, and of the projection behind the last one. */
  readonly constant: number;
}

const NEEDED = /\.(z|mlp_out|resid_pre|resid_mid|resid_mid_cross|resid_post)$/;

/** Of the hooks of a model, those that `directShares` reads. */
export const directHooks = ({ prefix }: Stack, all: readonly HookName[]): HookName[] =>
  all.filter((name) => name.startsWith(`${prefix}blocks.`) && NEEDED.test(name));

/**
 * Goes back from a direction of a stack's output (such as the output column of a token) along the
 * residual stream to its embedding. Each norm on the way is the linear map it is at this token; what
 * leads through a sub-layer is left aside. Direct logit attribution (Elhage et al. 2021), for blocks
 * that normalise before or after.
 */
export function directShares(stack: Stack, output: Float64Array, row: RowAt): DirectShares {
  return new DirectPath(stack, row).follow(output);
}

class DirectPath {
  private readonly self: Float64Array[] = [];
  private readonly cross: Float64Array[] = [];
  private readonly feedForward: number[] = [];
  private attentionBiases = 0;
  private constant = 0;
  private direction: Float64Array = new Float64Array();

  constructor(
    private readonly stack: Stack,
    private readonly row: RowAt,
  ) {}

  follow(output: Float64Array): DirectShares {
    const { blocks } = this.stack.parts;
    this.leave(output, `${blocks.at(-1)!.name}.resid_post`);
    for (const block of blocks.toReversed()) this.back(block);
    return {
      self: this.self.toReversed(),
      cross: this.cross.toReversed(),
      feedForward: this.feedForward.toReversed(),
      embedding: dot(this.row(`${blocks[0]!.name}.resid_pre`), this.direction),
      attentionBiases: this.attentionBiases,
      constant: this.constant,
    };
  }

  /** From the stack's output to the stream behind its last block. */
  private leave(output: Float64Array, last: HookName): void {
    const { finalNorm, outProjection } = this.stack.parts;
    this.direction = output;
    if (outProjection) {
      const { weight, bias } = outProjection;
      const numbers = numbersOf(weight); // [d_model, width]
      const { inputs: dModel, outputs: width } = weight;
      if (bias) this.constant += dot(bias.dataSync<'float32'>(), output);
      this.direction = Float64Array.from({ length: dModel }, (_, d) =>
        dot(numbers.subarray(d * width, (d + 1) * width), output),
      );
    }
    if (finalNorm) this.pull(finalNorm, last);
  }

  /** Takes what the sub-layers of a block add, the last one first. */
  private back(block: Block): void {
    const { normPlacement, residualIsNormed } = this.stack.config;
    const { self, cross, feedForwardNorm } = block.parts;
    const post = normPlacement === 'post';
    /** The stream that a sub-layer of a pre-norm block is added to may be a normalised one. */
    const kept = normPlacement === 'pre' && residualIsNormed;
    const at = (point: string): HookName => `${block.name}.${point}`;
    const middle = cross ? 'resid_mid_cross' : 'resid_mid';
    if (post) this.pull(feedForwardNorm!, at('resid_post'));
    this.feedForward.push(dot(this.row(at('mlp_out')), this.direction));
    if (kept) this.pull(feedForwardNorm!, at(middle));
    if (cross) {
      if (post) this.pull(cross.norm, at('resid_mid_cross'));
      this.cross.push(this.heads(cross.attention, at('cross_attn.z')));
      if (kept) this.pull(cross.norm, at('resid_mid'));
    }
    if (post) this.pull(self.norm, at('resid_mid'));
    this.self.push(this.heads(self.attention, at('attn.z')));
    if (kept) this.pull(self.norm, at('resid_pre'));
  }

  private heads({ projections, shape }: Block['parts']['self']['attention'], z: HookName) {
    const added = headProducts(this.row(z), projections.output, shape.heads, this.direction);
    this.attentionBiases += added.bias;
    return added.heads;
  }

  private pull(norm: Parameters<typeof pullThrough>[0], at: HookName): void {
    const { direction, constant } = pullThrough(norm, this.row(at), this.direction);
    this.direction = direction;
    this.constant += constant;
  }
}
