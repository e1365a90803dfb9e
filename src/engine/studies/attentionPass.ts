import type { HeadAddress } from '../../protocol/headProfile';
import { halfOf, keySide, querySide } from '../../protocol/stacks';
import type { Attention } from '../../transformer/attention/attention';
import type { StackConfig } from '../../transformer/config';
import type { Norm } from '../../transformer/normalization';
import type { Stack } from '../../transformer/stack';
import { checkHead } from '../checkHead';
import { passLength } from '../replay/passLength';
import type { Replay } from '../replay/replay';
import { checkToken } from '../traceTokens';
import { attentionHooks, namesOf, type AttentionHooks } from './attentionHooks';
import { normedRow } from './normedRow';
import type { StudyContext } from './studyContext';

/** One head of one attention sub-layer, as a pass over the tokens as trained computed it. Rows share memory: not to be changed. */
export class AttentionPass {
  private constructor(
    private readonly replay: Replay,
    readonly hooks: AttentionHooks,
    readonly address: HeadAddress,
    readonly stack: Stack,
    readonly queries: number,
    readonly keys: number,
  ) {}

  /** @throws Failure `trace.no*` for an address that is not there, `memory.run`, `run.cancelled` */
  static async of(context: StudyContext, address: HeadAddress): Promise<AttentionPass> {
    const { trace, model } = context;
    const { normPlacement } = checkHead(trace, address);
    const stack = model.transformer[halfOf(address.stack)]!;
    const { embeddings } = stack.parts;
    const readsSum =
      address.layer === 0 &&
      address.stack !== 'cross' &&
      embeddings.positions !== null &&
      normPlacement === 'post' &&
      !embeddings.normalises;
    const hooks = attentionHooks(trace.architecture, stack.config, address, readsSum);
    const replay = await context.replay([], namesOf(hooks));
    const read = passLength(trace);
    const queries = read[querySide(trace.architecture, address.stack)];
    const keys = read[keySide(trace.architecture, address.stack)];
    return new AttentionPass(replay, hooks, address, stack, queries, keys);
  }

  get config(): StackConfig {
    return this.stack.config;
  }

  /** @throws Failure `trace.noToken` */
  checkPair(query: number, key: number): void {
    checkToken(query, this.queries);
    checkToken(key, this.keys);
  }

  get attention(): Attention {
    const { self, cross } = this.block;
    return (this.address.stack === 'cross' ? cross! : self).attention;
  }

  /** After the sum of a post-norm block; null: others normalise before. */
  get normAfter(): Norm | null {
    if (this.config.normPlacement !== 'post') return null;
    const { self, cross } = this.block;
    return (this.address.stack === 'cross' ? cross! : self).norm;
  }

  /** The head of keys and values that this head of queries meets. */
  get keyHead(): number {
    const { heads, keyValueHeads } = this.attention.shape;
    return Math.floor(this.address.head / (heads / keyValueHeads));
  }

  /** Keys that a query sees, the last one included. */
  seen(query: number): { readonly first: number; readonly last: number } {
    const { stack, layer } = this.address;
    if (stack !== 'decoder') return { first: 0, last: this.keys - 1 };
    const window = this.config.window(layer) ?? Number.POSITIVE_INFINITY;
    return { first: Math.max(0, query - window + 1), last: query };
  }

  /** What W_Q reads, `[d_model]`. */
  x(query: number): Float32Array {
    const { x } = this.hooks;
    if (x !== null) return this.replay.row(x, query);
    // Cross-attention of a post-norm block reads what the norm after self-attention gives.
    return normedRow(this.block.self.norm, this.streamBefore(query));
  }

  /** What W_K and W_V read, `[d_model]`. */
  memory(key: number): Float32Array {
    const { memory } = this.hooks;
    return memory === null ? this.x(key) : this.replay.row(memory, key);
  }

  /** The stream where the sub-layer begins: of a post-norm block's cross-attention, before the norm. */
  streamBefore(query: number): Float32Array {
    return this.replay.row(this.hooks.stream, query);
  }

  /** What the sub-layer's output is added to. */
  residual(query: number): Float32Array {
    const { normPlacement, residualIsNormed } = this.config;
    const isX = normPlacement === 'post' || (normPlacement === 'pre' && residualIsNormed);
    return isX ? this.x(query) : this.streamBefore(query);
  }

  /** A row of q, k, v or z of this head, `[d]`. */
  vector(hook: 'query' | 'turnedQuery' | 'key' | 'turnedKey' | 'value' | 'z', at: number) {
    const name = this.hooks[hook];
    if (name === null) return null;
    const ofQueries = hook === 'query' || hook === 'turnedQuery' || hook === 'z';
    const { headWidth } = this.attention.shape;
    const head = ofQueries ? this.address.head : this.keyHead;
    return this.replay.row(name, at).subarray(head * headWidth, (head + 1) * headWidth);
  }

  /** As query and key meet: turned where positions turn them. */
  meeting(which: 'query' | 'key', at: number): Float32Array {
    const turned = this.vector(which === 'query' ? 'turnedQuery' : 'turnedKey', at);
    return turned ?? this.vector(which, at)!;
  }

  /** Row of the query in `[head, query, key]`. */
  row(hook: 'scores' | 'pattern', query: number): Float32Array {
    const { numbers } = this.replay.value(this.hooks[hook]);
    const start = (this.address.head * this.queries + query) * this.keys;
    return numbers.subarray(start, start + this.keys);
  }

  /** A row of a hook that has no heads, or of all of them side by side. */
  whole(hook: 'z' | 'output' | 'feedForward' | 'sum', query: number): Float32Array | null {
    const name = this.hooks[hook];
    return name === null ? null : this.replay.row(name, query);
  }

  /** What a token's vector is the sum of in a first layer that reads it as it is, each `[d_model]`; null: elsewhere. */
  readSum(
    token: number,
  ): { readonly content: Float32Array; readonly position: Float32Array } | null {
    const { embedding, position } = this.hooks;
    if (embedding === null || position === null) return null;
    const [first, ...types] = embedding.map((name) => this.replay.row(name, token));
    const content = first!.map((value, i) => types.reduce((sum, type) => sum + type[i]!, value));
    return { content, position: this.replay.row(position, token) };
  }

  private get block() {
    return this.stack.parts.blocks[this.address.layer]!.parts;
  }
}
