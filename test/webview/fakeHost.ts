/**
 * Stands in for the extension host inside the test page: replays a fixture event by event, answers
 * questions from it, and keeps every message the page sent. Tests drive it through `window.fakeHost`.
 */
import type { MatrixAddress, RowAddress, Stack } from '../../src/protocol/address';
import type { TraceEvent } from '../../src/protocol/engineMessages';
import type { FromPanel, Navigation, ToPanel, TraceSnapshot } from '../../src/protocol/panelMessages';
import type { Query } from '../../src/protocol/queries';
import type { Picture, WireTensor } from '../../src/protocol/wireTensor';
import type { WireFailure } from '../../src/failure/failure';
import type { Fixture } from './fixture';

const POOLED = 128;
const LARGEST_PICTURE = 1024;

const tensor = (shape: number[], values: ArrayLike<number>): WireTensor => ({
  shape,
  data: Float32Array.from(values).buffer,
});

function picture(matrices: number[][][], most: number): Picture {
  const queries = matrices[0]?.length ?? 0;
  const keys = matrices[0]?.[0]?.length ?? 0;
  const rows = Math.min(most, queries);
  const columns = Math.min(most, keys);
  const data = new Uint8Array(matrices.length * rows * columns);
  const maxima = matrices.map((matrix) => matrix.flat().reduce((top, weight) => Math.max(top, weight), 0));
  matrices.forEach((matrix, head) => {
    const pooled = new Float64Array(rows * columns);
    matrix.forEach((weights, query) =>
      weights.forEach((weight, key) => {
        const at = Math.floor((query * rows) / queries) * columns + Math.floor((key * columns) / keys);
        pooled[at] = Math.max(pooled[at] ?? 0, weight);
      }),
    );
    pooled.forEach((weight, at) => {
      const coded = Math.round(255 * Math.sqrt(weight / (maxima[head] || 1)));
      data[head * rows * columns + at] = coded;
    });
  });
  return { heads: matrices.length, rows, columns, queries, keys, maxima, data: data.buffer };
}

export class FakeHost {
  readonly received: FromPanel[] = [];
  state: unknown = undefined;
  credit = 0;
  /** While true, questions wait in `held` until the test lets them go. */
  holding = false;
  readonly held: (() => void)[] = [];
  private fixture: Fixture | null = null;
  private events: TraceEvent[] = [];
  private pictures: TraceEvent[] = [];
  private trace = 'trace-1';
  private steps = 0;

  /** What `acquireVsCodeApi` returns. */
  readonly api = {
    postMessage: (message: FromPanel): void => {
      this.received.push(message);
      if (message.type === 'credit' && message.trace === this.trace) {
        this.credit += message.pictures;
        this.sendPictures();
      }
      if (message.type === 'query') {
        const answer = (): void => this.answer(message.request, message.query);
        if (this.holding) this.held.push(answer);
        else answer();
      }
      if (message.type === 'cancel') this.finish('cancelled', null);
    },
    getState: (): unknown => this.state,
    setState: (state: unknown): unknown => (this.state = state),
  };

  send(message: ToPanel): void {
    window.postMessage(message, '*');
  }

  /** A run that is about to begin: nothing is planned, `events` wait to be sent. */
  load(fixture: Fixture, trace: string): TraceSnapshot {
    this.fixture = fixture;
    this.trace = trace;
    this.credit = 0;
    this.steps = 0;
    const { layers } = fixture.plan.model;
    this.events = [
      { type: 'loading', trace, fraction: 0.5 },
      { type: 'planned', trace, plan: fixture.plan },
    ];
    for (let layer = 0; layer < layers.encoder; layer++)
      this.events.push({ type: 'layer', trace, layer: { stack: 'encoder', layer }, milliseconds: 40 });
    for (const written of fixture.written) this.events.push({ type: 'token', trace, written, milliseconds: 20 });
    this.pictures = [];
    return this.snapshot();
  }

  snapshot(): TraceSnapshot {
    return {
      trace: this.trace,
      origin: 'story.txt, line 3',
      loading: null,
      plan: null,
      layers: [],
      written: [],
      outcome: null,
      failure: null,
      output: '',
      milliseconds: null,
    };
  }

  /** The snapshot of the whole run, as a reloaded page gets it. */
  completed(): TraceSnapshot {
    const fixture = this.must();
    this.events = [];
    this.steps = fixture.written.length;
    for (const stack of ['encoder', 'decoder', 'cross'] as const) this.queuePictures(stack);
    return {
      ...this.snapshot(),
      plan: fixture.plan,
      layers: fixture.attention.encoder.map((_, layer) => ({ stack: 'encoder' as const, layer })),
      written: [...fixture.written],
      outcome: 'complete',
      output: fixture.output,
      milliseconds: 1240,
    };
  }

  /** Sends the next event; false when there was none left and the run was reported complete. */
  step(): boolean {
    const event = this.events.shift();
    if (event === undefined) {
      this.finish('complete', null);
      return false;
    }
    this.send({ type: 'event', event });
    if (event.type === 'layer') this.queuePicture(event.layer.stack, event.layer.layer);
    if (event.type === 'token') {
      this.steps++;
      for (const stack of ['decoder', 'cross'] as const) this.queuePictures(stack);
    }
    this.sendPictures();
    return true;
  }

  runAll(): void {
    while (this.step());
  }

  finish(outcome: 'complete' | 'cancelled' | 'failed', failure: WireFailure | null): void {
    this.events = [];
    this.send({
      type: 'event',
      event: {
        type: 'finished',
        trace: this.trace,
        outcome,
        failure,
        output: this.must().output,
        milliseconds: 1240,
        memory: { tensors: 0, weights: 0, traceBytes: 0, traces: 1 },
      },
    });
  }

  welcome(bundle: Record<string, string>, locale: string, navigation: Navigation, snapshot: TraceSnapshot | null): void {
    this.send({ type: 'welcome', bundle, locale, navigation, snapshot });
  }

  private must(): Fixture {
    if (this.fixture === null) throw new Error('load a fixture first');
    return this.fixture;
  }

  private queuePictures(stack: Stack): void {
    this.must().attention[stack].forEach((_, layer) => this.queuePicture(stack, layer));
  }

  /** Only the newest picture of a layer waits: always a full snapshot. */
  private queuePicture(stack: Stack, layer: number): void {
    this.pictures = this.pictures.filter(
      (event) => event.type !== 'picture' || event.layer.stack !== stack || event.layer.layer !== layer,
    );
    const heads = (this.must().attention[stack][layer] ?? []).map((matrix) => this.grown(stack, matrix));
    this.pictures.push({ type: 'picture', trace: this.trace, layer: { stack, layer }, picture: picture(heads, POOLED) });
  }

  private sendPictures(): void {
    while (this.credit > 0 && this.pictures.length > 0) {
      const event = this.pictures.shift();
      this.credit--;
      if (event !== undefined) this.send({ type: 'event', event });
    }
  }

  /** What exists of a matrix after so many steps. */
  private grown(stack: Stack, matrix: number[][]): number[][] {
    if (stack === 'encoder') return matrix;
    const rows = matrix.slice(0, this.steps);
    return stack === 'cross' ? rows : rows.map((row) => row.slice(0, this.steps));
  }

  private matrix({ stack, layer, head, hideSpecials }: MatrixAddress): number[][] {
    const fixture = this.must();
    const stacks = fixture.attention[stack];
    const layers = layer === 'mean' ? stacks : [stacks[layer] ?? []];
    const heads = layers.flatMap((all) => (typeof head === 'number' ? [all[head] ?? []] : all));
    const first = this.grown(stack, heads[0] ?? []);
    const combined = first.map((row, query) =>
      row.map((_, key) => {
        const values = heads.map((matrix) => matrix[query]?.[key] ?? 0);
        if (head === 'max') return Math.max(...values);
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      }),
    );
    if (!hideSpecials) return combined;
    const hidden = this.specials(stack === 'decoder' ? 'target' : 'source');
    return combined.map((row) => {
      const shown = row.reduce((sum, weight, key) => sum + (hidden[key] === true ? 0 : weight), 0);
      return row.map((weight, key) => (hidden[key] === true ? 0 : weight / (shown || 1)));
    });
  }

  private specials(side: 'source' | 'target'): boolean[] {
    const { plan, written } = this.must();
    const tokens = side === 'source' ? plan.source : [...plan.target, ...written.map(({ token }) => token)];
    return tokens.map(({ special }) => special);
  }

  private row(address: RowAddress): { weights: WireTensor; norms: WireTensor; hidden: number } {
    const { stack, direction, token, hideSpecials } = address;
    const pick = (matrix: number[][]): number[] =>
      direction === 'looksAt' ? (matrix[token] ?? []) : matrix.map((row) => row[token] ?? 0);
    const plain = pick(this.matrix({ ...address, hideSpecials: false }));
    const side = direction === 'looksAt' ? (stack === 'decoder' ? 'target' : 'source') : stack === 'encoder' ? 'source' : 'target';
    const special = this.specials(side);
    const weights = pick(this.matrix(address)).map((weight, i) =>
      hideSpecials && special[i] === true ? Number.NaN : weight,
    );
    const norms = plain.map((weight, i) => weight * (1 + 0.5 * Math.sin(3 * i)));
    const hidden = plain.reduce((sum, weight, i) => sum + (special[i] === true ? weight : 0), 0);
    return {
      weights: tensor([weights.length], weights),
      norms: tensor([norms.length], norms),
      hidden: hideSpecials ? Math.min(1, hidden) : 0,
    };
  }

  private encoding(position: number): number[] {
    const { dModel } = this.must().plan.model;
    const half = dModel / 2;
    return Array.from({ length: dModel }, (_, i) => {
      const angle = position / 10_000 ** ((2 * (i % half)) / dModel);
      return i < half ? Math.sin(angle) : Math.cos(angle);
    });
  }

  private value(query: Query): unknown {
    switch (query.name) {
      case 'row':
        return this.row(query.question);
      case 'matrix':
        return picture([this.matrix(query.question)], LARGEST_PICTURE);
      case 'positions': {
        const { from, to } = query.question;
        const rows = Array.from({ length: to - from }, (_, i) => this.encoding(from + i));
        return { table: tensor([rows.length, this.must().plan.model.dModel], rows.flat()), layout: 'halves', count: to };
      }
      case 'positionCurve': {
        const { side, origin } = query.question;
        const here = this.encoding(origin);
        const count = side === 'source' ? this.must().plan.source.length : this.steps;
        const products = Array.from({ length: count }, (_, position) =>
          this.encoding(position).reduce((sum, value, i) => sum + value * (here[i] ?? 0), 0),
        );
        return tensor([count], products);
      }
      case 'matrixRows':
      case 'python':
        throw new Error(`The page does not ask ${query.name}.`);
    }
  }

  private answer(request: number, query: Query): void {
    const question = query.name === 'row' || query.name === 'matrix' ? query.question : null;
    if (question !== null && question.stack !== 'encoder' && this.steps === 0) {
      this.send({ type: 'refused', request, failure: { code: 'trace.notCaptured', args: { layer: 0, stack: question.stack } } });
      return;
    }
    this.send({ type: 'answer', request, value: this.value(query) });
  }
}

declare global {
  interface Window {
    fakeHost: FakeHost;
    acquireVsCodeApi: () => FakeHost['api'];
  }
}

window.fakeHost = new FakeHost();
window.acquireVsCodeApi = () => window.fakeHost.api;
