import assert from 'node:assert/strict';
import { rowAddress, settle } from '../../../src/navigation/navigationRules';
import { toStep } from '../../../src/navigation/film';
import { initialNavigation, type Navigation } from '../../../src/protocol/navigation';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { brushName } from '../../../src/host/editor/brush';
import type { Inspection } from '../../../src/host/inspection/inspection';
import { coloursOutput, outputStrokes } from '../../../src/host/output/outputStrokes';
import { outputSpans } from '../../../src/host/output/outputSpans';
import { inspectionOf } from './colourWorld';
import { continued, french } from './outputFixture';

const surface = { visible: () => [[0, 100]] as const, selected: () => [] };
const limits = { scale: 'absolute', limit: 100 } as const;
const seeing = (change: Partial<Navigation>): Navigation => ({ ...initialNavigation, ...change });

/** Brush → the characters it is on, of the output of a run; null: no row was asked for. */
function painted(
  snapshot: TraceSnapshot,
  wanted: Navigation,
  weights: readonly number[] | null,
  change: Partial<Inspection> = {},
): Record<string, string[]> {
  const navigation = settle(wanted, snapshot);
  const address = rowAddress(navigation, snapshot, null);
  const tensor = { shape: [], data: Float32Array.from(weights ?? []).buffer };
  const answer = { weights: tensor, norms: tensor, hidden: 0, approximate: false };
  const { output: text } = snapshot;
  const strokes = outputStrokes(
    surface,
    inspectionOf(1, { snapshot, navigation, ...change }),
    { text, spans: outputSpans(snapshot, text) },
    weights && address && { address, row: answer },
    limits,
  );
  return Object.fromEntries(
    strokes
      .filter(({ brush }) => brush.kind !== 'strongest')
      .map(({ brush, spans }) => [brushName(brush), spans.map((span) => text.slice(...span))]),
  );
}

describe('colours of an output in its document', () => {
  it('frame the token that the chosen step wrote', () => {
    for (const [step, word] of ['Un', 'chat'].entries()) {
      const navigation = seeing(toStep(french, initialNavigation, step));
      assert.equal(coloursOutput({ snapshot: french, navigation }), false);
      assert.deepEqual(painted(french, navigation, null), { 'query looksAt weightless': [word] });
    }
    // The end of the sequence has no characters.
    assert.deepEqual(painted(french, seeing(toStep(french, initialNavigation, 2)), null), {});
  });

  it('give what was written the weight of its step for the chosen source token', () => {
    const token = { side: 'source', index: 1, locked: false } as const;
    const navigation = seeing({ stack: 'cross', direction: 'lookedAt', token });
    assert.equal(coloursOutput({ snapshot: french, navigation }), true);
    // Three queries: the start token, “Un”, “chat”.
    assert.deepEqual(painted(french, navigation, [1, 0, 0.5]), {
      'weight lookedAt 0': ['chat'],
      'weight lookedAt 15': ['Un'],
    });
  });

  it('give earlier output its own weight, where the decoder looks at itself', () => {
    const token = { side: 'target', index: 2, locked: true } as const;
    // Before “chat”, the query, it has read the start token and “Un”; what it wrote then has no characters.
    const navigation = seeing({ stack: 'decoder', token });
    assert.deepEqual(painted(french, navigation, [0, 1, 0]), {
      'weight looksAt 0': ['chat'],
      'weight looksAt 15': ['Un'],
    });
  });

  it('of a decoder go on from the text, and never colour what comes later', () => {
    const first = seeing(toStep(continued, seeing({ stack: 'decoder' }), 0));
    assert.deepEqual(painted(continued, first, [0, 0, 0, 0, 1, 0]), {
      'query looksAt weightless': ['sat'],
    });
    const second = seeing(toStep(continued, first, 1));
    assert.deepEqual(painted(continued, second, [0, 0, 0, 0, 0, 1]), {
      'query looksAt weightless': ['down'],
      'weight looksAt 15': ['sat'],
    });
    const token = { side: 'source', index: 4, locked: false } as const;
    const lookedAt = seeing({ stack: 'decoder', direction: 'lookedAt', token });
    assert.deepEqual(painted(continued, lookedAt, [0, 0, 0, 0, 1, 0]), {
      'weight lookedAt 0': ['down'],
      'weight lookedAt 15': ['sat'],
    });
  });

  it('are none where only the text is looked at, or where a run ended without numbers', () => {
    assert.deepEqual(painted(french, initialNavigation, null), {});
    const token = { side: 'source', index: 1, locked: false } as const;
    const navigation = seeing({ stack: 'cross', direction: 'lookedAt', token });
    assert.deepEqual(painted(french, navigation, null), {});
  });

  it('are those of an old text when the text was edited', () => {
    const navigation = seeing(toStep(french, initialNavigation, 0));
    assert.deepEqual(painted(french, navigation, null, { link: 'stale' }), {
      'query looksAt weightless stale': ['Un'],
    });
  });
});
