// A text whose outputs branch, with an engine that writes what the test says.
import { Inspections } from '../../../src/host/inspection/inspections';
import { BranchMoves } from '../../../src/host/inspection/branchMoves';
import { Reader } from '../../../src/host/inspection/reader';
import { plainWriting, type Writing } from '../../../src/protocol/writing';
import type { Branch } from '../../../src/protocol/branch';
import { written } from '../../support/writings';
import { FakeWorld, finished, plan, token } from './fakeEngine';
import { inDocument } from './inspecting';

/** Goes on with a token instead of the one that was written there. */
export const forkAt = (ids: readonly number[], other: number): Writing => ({
  ...plainWriting,
  begin: { ids: [...ids, other], text: null },
});

export class Branching {
  readonly world = new FakeWorld();
  readonly inspections = new Inspections(
    this.world.client,
    () => `t${++this.traces}`,
    () => 'off',
  );
  readonly reader = new Reader(this.inspections, () => 'relative');
  readonly moves = new BranchMoves(this.inspections, this.reader);
  private traces = 0;

  constructor() {
    this.inspections.setPanelOpen(true);
  }

  get trace(): string {
    return this.inspections.current?.snapshot.trace ?? '';
  }

  get branches(): readonly Branch[] {
    return this.reader.state.branches;
  }

  get shown(): number | undefined {
    return this.branches.find(({ shown }) => shown)?.id;
  }

  /** `id←parent` of each, with the tokens it shares and its ids: `2←1 +1: 5 7`. */
  get tree(): string[] {
    return this.branches.map(
      ({ id, parent, shared, tokens }) =>
        `${id}←${parent ?? '·'} +${shared}: ${tokens.map((one) => one.id).join(' ')}`,
    );
  }

  inspect(text = 'One two', writing: Writing | null = null): void {
    this.inspections.inspect({ ...inDocument, text, writing });
  }

  /** The engine plans the newest run as it was asked to write. */
  plan(): void {
    const { trace, writing } = this.world.port.last('run');
    const planned = { ...plan, writing: writing ?? plainWriting };
    this.world.port.says({ type: 'planned', trace, plan: planned });
  }

  say(...ids: readonly number[]): void {
    const { trace } = this.world.port.last('run');
    for (const id of ids)
      this.world.port.says({
        type: 'token',
        trace,
        written: written({ ...token(`w${id}`), id }, { probability: 0.5 }),
        output: `… w${id}`,
      });
  }

  end(outcome: 'complete' | 'cancelled' | 'failed' = 'complete'): void {
    this.world.port.says(finished(this.world.port.last('run').trace, outcome));
  }

  /** The newest run from its plan to its end. */
  writes(...ids: readonly number[]): void {
    this.plan();
    this.say(...ids);
    this.end();
  }

  /** Has a branch written from the one on screen, to its end. */
  fork(writing: Writing, ...ids: readonly number[]): void {
    this.moves.write(this.trace, writing);
    this.writes(...ids);
  }
}
