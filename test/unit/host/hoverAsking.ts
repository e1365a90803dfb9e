// An engine that answers a hover's questions at once, and remembers what it was asked.
import * as v from 'valibot';
import type { Sources } from '../../../src/host/hover/gatherFacts';
import { queries, type Query } from '../../../src/protocol/queries';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { plan, token } from './fakeEngine';
import { written as wrote } from '../../support/writings';

export const float32 = (...numbers: number[]): { shape: number[]; data: ArrayBuffer } => ({
  shape: [numbers.length],
  data: new Float32Array(numbers).buffer,
});

export const read: TraceSnapshot = {
  ...emptySnapshot('trace-1', 'a.txt:1'),
  plan,
  layers: [{ stack: 'encoder', layer: 0 }],
  written: ['un', 'deux', '</s>'].map((label) =>
    wrote(token(label), {
      probability: 0.5,
      candidates: [{ id: 7, label, continues: null, probability: 0.5 }],
    }),
  ),
  outcome: 'complete',
};

export const answers = {
  row: {
    weights: float32(0.25, 0.125, 0.5, 0.125),
    norms: float32(1, 2, 3, 4),
    hidden: 0,
    approximate: false,
  },
  focus: [{ stack: 'encoder', layer: 0, head: 1, entropy: 0.5, key: 2, weight: 0.75 }],
  positions: {
    table: { shape: [1, 8], data: new Float32Array(8).buffer },
    count: 4,
  },
};

/** Answers at once, and remembers what it was asked. */
export class Asked {
  readonly questions: Query[] = [];

  constructor(private readonly answers: Readonly<Record<string, unknown>>) {}

  readonly sources: Sources = {
    rows: {
      ask: (_snapshot, question) => this.sources.engine.ask('trace-1', { name: 'row', question }),
    },
    engine: {
      ask: (_trace, query) => {
        this.questions.push(query);
        const answer = this.answers[query.name];
        if (answer instanceof Error) return Promise.reject(answer);
        return Promise.resolve(v.parse(queries[query.name].answer, answer));
      },
    },
  };
}

export const options = { stale: false, colourScale: 'relative' } as const;
