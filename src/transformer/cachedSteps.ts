import type { Decoding } from './decoding';
import type { PromptRows, StepModel } from './generate/stepModel';
import { noProbe, type Probe } from './probe';
import { unwatched, type RunControl } from './runControl';
import { tokenBatch, type TokenBatch } from './sequence';
import type { Transformer } from './transformer';

/** A decoder that writes a token a step: only the new token is computed, keys and values of earlier ones are kept. */
export class CachedSteps implements StepModel {
  constructor(
    private readonly model: Transformer,
    private readonly decoding: Decoding,
    private readonly probe: Probe = noProbe,
    private readonly control: RunControl = unwatched,
  ) {}

  async begin({ rows, mask }: PromptRows): Promise<Float32Array> {
    const tokens = withWritingPositions(this.model, tokenBatch(rows, { mask }));
    return this.decode(tokens);
  }

  async step(ids: Int32Array): Promise<Float32Array> {
    const batch = ids.length;
    const positions = countsRealTokens(this.model)
      ? Int32Array.from(this.decoding.realTokens())
      : null;
    const mask = new Uint8Array(batch).fill(1);
    return this.decode({ batch, length: 1, ids, mask, types: null, positions });
  }

  reorder(rows: Int32Array): void {
    this.decoding.reorder(rows);
  }

  dispose(): void {
    this.decoding.dispose();
  }

  /** Logits `[row, vocabulary]` of what follows. */
  private async decode(tokens: TokenBatch): Promise<Float32Array> {
    const logits = await this.model.decode(this.decoding, tokens, this.probe, this.control);
    try {
      return await logits.data<'float32'>();
    } finally {
      logits.dispose();
    }
  }
}

/**
 * Whether positions of what a model writes leave padding out, as Hugging Face's `generate` does for
 * decoders that take position ids. In an encoder–decoder, and where the mask alone decides, they
 * follow the family's rule.
 */
function countsRealTokens({ encoder, decoder }: Transformer): boolean {
  if (encoder) return false;
  const { positions } = decoder!.config;
  return (
    positions.kind === 'rotary' || (positions.kind === 'learned' && positions.numbering === 'index')
  );
}

/** A prompt with the positions that a model gives it when it writes on; padding has 1, which nothing sees. */
export function withWritingPositions(model: Transformer, tokens: TokenBatch): TokenBatch {
  if (!countsRealTokens(model)) return tokens;
  let count = 0;
  const positions = Int32Array.from(tokens.mask, (real, i) => {
    if (i % tokens.length === 0) count = 0;
    return real ? count++ : 1;
  });
  return { ...tokens, positions };
}
