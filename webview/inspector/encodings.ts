/** The positional encodings of both sides: asked for as tokens come, drawn as strips once they are there. */
import type { Side } from '../../src/protocol/queries';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { ColourScale } from '../../src/palette/weightScale';
import { tokensOf } from '../../src/navigation/traceState';
import { EncodingStrips } from './encodingStrips';
import { PositionTable } from './positionTable';
import type { Commands, View } from './view';

const SIDES: readonly Side[] = ['source', 'target'];

export class Encodings {
  readonly tables: View['positions'];
  private readonly strips: Readonly<Record<Side, EncodingStrips>>;

  constructor(ask: Commands['ask'], changed: () => void) {
    const table = (side: Side): PositionTable =>
      new PositionTable(
        (from, to, signal) => ask('positions', { side, from, to }, signal),
        changed,
      );
    this.tables = { source: table('source'), target: table('target') };
    this.strips = { source: new EncodingStrips(changed), target: new EncodingStrips(changed) };
  }

  get drawn(): View['strips'] {
    return { source: this.strips.source.known, target: this.strips.target.known };
  }

  fetch(snapshot: TraceSnapshot): void {
    if (snapshot.plan === null) return;
    const { dModel } = snapshot.plan.model;
    for (const side of SIDES) this.tables[side].ensure(tokensOf(snapshot, side).length, dModel);
  }

  draw(scale: ColourScale): void {
    for (const side of SIDES) this.strips[side].update(this.tables[side], scale);
  }

  reset(): void {
    for (const side of SIDES) this.tables[side].reset();
  }
}
