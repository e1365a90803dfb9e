import type { EnginePort } from '../../../src/protocol/enginePort';
import type { FromEngine, ToEngine, TraceEvent } from '../../../src/protocol/engineMessages';
import type { ModelSummary, Plan, Token } from '../../../src/protocol/trace';
import { EngineClient } from '../../../src/host/engine/engineClient';
import type { EngineKind, EnginePlace } from '../../../src/host/engine/enginePlace';
import { translator } from '../../../src/language/translate';
import { ManualClock } from './manualClock';
import { plainWriting } from '../../../src/protocol/writing';

/** An engine without a model: the test says what it says. */
export class FakePort implements EnginePort {
  readonly posted: ToEngine[] = [];
  killed = false;
  private message: (message: unknown) => void = () => undefined;
  private exit: (reason: string) => void = () => undefined;

  post(message: unknown): void {
    this.posted.push(structuredClone(message) as ToEngine);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.message = listener;
  }

  onExit(listener: (reason: string) => void): void {
    this.exit = listener;
  }

  kill(): void {
    this.killed = true;
  }

  says(message: FromEngine): void {
    this.message(structuredClone(message));
  }

  saysAnything(message: unknown): void {
    this.message(message);
  }

  dies(reason: string): void {
    this.exit(reason);
  }

  last<T extends ToEngine['type']>(type: T): Extract<ToEngine, { type: T }> {
    const found = this.posted.findLast((message) => message.type === type);
    if (found === undefined) throw new Error(`nothing of type ${type} was posted`);
    return found as Extract<ToEngine, { type: T }>;
  }

  types(): string[] {
    return this.posted.map(({ type }) => type);
  }
}

/** Silence limit of the clients here; the clock is turned by hand. */
export const LIMIT_MS = 10_000;

export class FakeWorld {
  readonly ports: FakePort[] = [];
  readonly kinds: EngineKind[] = [];
  readonly clock = new ManualClock();
  readonly client: EngineClient;

  constructor(place: EnginePlace = 'auto') {
    this.client = new EngineClient({
      open: (kind) => {
        this.kinds.push(kind);
        const port = new FakePort();
        this.ports.push(port);
        return port;
      },
      place: () => place,
      clock: this.clock,
      silenceLimitMs: () => LIMIT_MS,
      t: translator({}),
    });
  }

  get port(): FakePort {
    const port = this.ports.at(-1);
    if (port === undefined) throw new Error('no engine was started');
    return port;
  }
}

export const token = (label: string, special = false): Token => ({
  piece: label,
  label,
  id: 7,
  span: null,
  special,
  word: null,
  part: null,
});

export const model: ModelSummary = {
  name: 'fake',
  modelType: 'marian',
  className: 'MarianMTModel',
  architecture: 'encoderDecoder',
  task: 'nextToken',
  layers: { encoder: 2, decoder: 1 },
  heads: { encoder: 2, decoder: 2 },
  keyValueHeads: { encoder: 2, decoder: 2 },
  headWidth: 4,
  dModel: 8,
  dFeedForward: { encoder: 32, decoder: 32 },
  vocabulary: 10,
  positions: 16,
  trainedPositions: null,
  positionKind: { kind: 'sinusoidal', layout: 'halves' },
  windows: [null, null],
  normPlacement: 'post',
  scoreScale: 1 / Math.sqrt(4),
  activation: 'swish',
  gated: false,
  tied: true,
  labels: [],
  maskToken: null,
  languages: ['fra', 'cmn'],
  parameters: 100,
  weightDtype: 'F16',
  weightBytes: 200,
  unusedTensors: { names: [], count: 0 },
};

export const plan: Plan = {
  model,
  text: 'One two',
  pair: null,
  language: 'fra',
  source: [token('>>fra<<', true), token('One'), token('two'), token('</s>', true)],
  target: [token('<pad>', true)],
  writing: plainWriting,
  maxNewTokens: 16,
  backend: 'wasm',
  preview: null,
  notices: [],
};

export const noMemory = { tensors: 0, weights: 0, kept: 0, traceBytes: 0, traces: 0 };

export const finished = (
  trace: string,
  outcome: 'complete' | 'cancelled' | 'failed' = 'complete',
): Extract<TraceEvent, { type: 'finished' }> => ({
  type: 'finished',
  trace,
  outcome,
  failure: outcome === 'cancelled' ? { code: 'run.cancelled', args: {} } : null,
  output: 'un deux',
  milliseconds: 12,
  memory: noMemory,
});
