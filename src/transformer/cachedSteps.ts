import type { Decoding } from './decoder';
import type { EncoderDecoder } from './encoderDecoder';
import type { StepModel } from './generate/stepModel';
import { noProbe, type Probe } from './probe';
import { unwatched, type RunControl } from './runControl';

/** A decoder that writes a token a step: only the new token is computed, keys and values of earlier ones are kept. */
export class CachedSteps implements StepModel {
  constructor(
    private readonly model: EncoderDecoder,
    private readonly decoding: Decoding,
    private readonly probe: Probe = noProbe,
    private readonly control: RunControl = unwatched,
  ) {}

  async step(tokens: Int32Array): Promise<Float32Array> {
    const batch = tokens.length;
    const step = { batch, length: 1, ids: tokens, mask: new Uint8Array(batch).fill(1) };
    const logits = await this.model.decode(this.decoding, step, this.probe, this.control);
    try {
      return await logits.data<'float32'>(); // [row, vocabulary]
    } finally {
      logits.dispose();
    }
  }

  reorder(rows: Int32Array): void {
    this.decoding.reorder(rows);
  }

  dispose(): void {
    this.decoding.dispose();
  }
}
