// The *Token* view's relay with reader, rows and an engine that answers when the test says so.
import assert from 'node:assert/strict';
import { Reader } from '../../../src/host/inspection/reader';
import { Rows } from '../../../src/host/inspection/rows';
import { TokenRelay } from '../../../src/host/views/tokenRelay';
import type { ToTokenView } from '../../../src/protocol/tokenViewMessages';
import type { Plan } from '../../../src/protocol/trace';
import { finished, plan } from './fakeEngine';
import { empty, subject } from './inspecting';

const ENCODER_LAYERS = 2;

const rowOf = (weights: readonly number[]) => {
  const tensor = () => ({ shape: [weights.length], data: Float32Array.from(weights).buffer });
  return { weights: tensor(), norms: tensor(), hidden: 0, approximate: false };
};

export class View {
  readonly got: ToTokenView[] = [];
  readonly world;
  readonly inspections;
  readonly reader;
  readonly relay;

  constructor() {
    const { world, inspections } = empty();
    this.world = world;
    this.inspections = inspections;
    this.reader = new Reader(inspections, () => 'relative');
    this.relay = new TokenRelay(
      (message) => this.got.push(structuredClone(message)),
      inspections,
      this.reader,
      new Rows(world.client, inspections),
      { bundle: { Weight: '权重' }, locale: 'zh-cn' },
    );
  }

  /** Runs a text to its end; the row on screen is now asked for, if there is a page. */
  inspect(read: Plan = plan): string {
    const { trace } = this.inspections.inspect(subject).snapshot;
    this.world.port.says({ type: 'planned', trace, plan: read });
    for (let layer = 0; layer < ENCODER_LAYERS; layer++)
      this.world.port.says({
        type: 'layer',
        trace,
        layer: { stack: 'encoder', layer },
        milliseconds: 1,
      });
    this.world.port.says(finished(trace));
    return trace;
  }

  ready(): void {
    void this.relay.receive({ type: 'ready' });
  }

  /** Answers every row the engine is asked for, until it is asked for none. */
  async answer(weights: readonly number[] = [0.1, 0.2, 0.3, 0.4]): Promise<void> {
    for (let settled = false; !settled;) {
      await turn();
      const open = this.questions().slice(this.answered);
      settled = open.length === 0;
      for (const { request } of open) {
        this.answered += 1;
        this.world.port.says({ type: 'answer', request, value: rowOf(weights) });
      }
    }
    await turn();
  }

  questions() {
    return this.world.port.posted.flatMap((message) =>
      message.type === 'query' && message.query.name === 'row'
        ? [{ request: message.request, row: message.query.question }]
        : [],
    );
  }

  get last(): Extract<ToTokenView, { type: 'table' }> {
    const last = this.got.at(-1);
    assert.ok(last?.type === 'table');
    return last;
  }

  private answered = 0;
}

/** Until everything that waits for nothing but promises has happened. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
