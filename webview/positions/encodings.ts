/** The positional encodings of both sides: asked for as tokens come, drawn as strips once they are there. */
import type { Side } from '../../src/protocol/address';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { ColourScale } from '../../src/palette/weightScale';
import { tokensOf } from '../../src/navigation/traceState';
import { EncodingStrips } from './encodingStrips';
import { isAdded, type Added } from './positionKind';
import { Pieces } from './pieces';
import type { Commands, View } from '../inspector/view';

const SIDES: readonly Side[] = ['source', 'target'];

export class Encodings {
  readonly tables: View['positions'];
  private readonly strips: Readonly<Record<Side, EncodingStrips>>;
  private kind: Added['kind'] = 'sinusoidal';

  constructor(ask: Commands['ask'], changed: () => void) {
    const table = (side: Side): Pieces =>
      new Pieces(
        async (from, to, signal) =>
          numbersOf((await ask('positions', { side, from, to }, signal)).table),
        changed,
      );
    this.tables = { source: table('source'), target: table('target') };
    this.strips = { source: new EncodingStrips(changed), target: new EncodingStrips(changed) };
  }

  get drawn(): View['strips'] {
    return { source: this.strips.source.known, target: this.strips.target.known };
  }

  /** Of models that add nothing to their embeddings there is nothing to ask for. */
  fetch(snapshot: TraceSnapshot): void {
    if (snapshot.plan === null) return;
    const { dModel, positionKind, positions } = snapshot.plan.model;
    if (!isAdded(positionKind)) return;
    this.kind = positionKind.kind;
    // A token that is written at the very end is never read: it needs no position.
    const most = positions ?? Number.POSITIVE_INFINITY;
    for (const side of SIDES)
      this.tables[side].ensure(Math.min(tokensOf(snapshot, side).length, most), dModel);
  }

  draw(scale: ColourScale): void {
    for (const side of SIDES) this.strips[side].update(this.tables[side], this.kind, scale);
  }

  reset(): void {
    for (const side of SIDES) this.tables[side].reset();
  }
}
