import assert from 'node:assert/strict';
import { brushName, strokesOf, type Brush, type Stroke } from '../../../src/host/editor/brush';
import { ColourPainter } from '../../../src/host/editor/colourPainter';
import { emptyPlan } from '../../../src/host/editor/colourPlan';
import type { Span } from '../../../src/host/editor/trackedText';

const weight = (step: number, ...spans: Span[]): Stroke => ({
  brush: { kind: 'weight', direction: 'looksAt', step },
  spans,
});
const query = (...spans: Span[]): Stroke => ({
  brush: { kind: 'query', stale: false, approximate: false, direction: 'looksAt', step: null },
  spans,
});

/** A painter with a record of what it did. */
function begin(): { painter: ColourPainter; painted: [string, readonly Span[]][] } {
  const painted: [string, readonly Span[]][] = [];
  const painter = new ColourPainter((brush: Brush, spans) =>
    painted.push([brushName(brush), spans]),
  );
  return { painter, painted };
}

/** A painter that shows something, its record empty. */
function showing(...strokes: Stroke[]): ReturnType<typeof begin> {
  const begun = begin();
  begun.painter.show(strokes);
  begun.painted.length = 0;
  return begun;
}

describe('colour painter', () => {
  it('paints what is asked for', () => {
    const { painter, painted } = begin();
    painter.show([weight(3, [0, 4], [5, 9]), query([10, 12])]);
    assert.deepEqual(painted, [
      [
        'weight looksAt 3',
        [
          [0, 4],
          [5, 9],
        ],
      ],
      ['query looksAt weightless', [[10, 12]]],
    ]);
    assert.equal(painter.count, 3);
  });

  it('touches nothing that is as it was', () => {
    const { painter, painted } = showing(weight(3, [0, 4]), weight(5, [5, 9]));
    painter.show([weight(3, [0, 4]), weight(5, [5, 9])]);
    assert.deepEqual(painted, []);
    painter.show([weight(3, [0, 4]), weight(5, [5, 8])]);
    assert.deepEqual(painted, [['weight looksAt 5', [[5, 8]]]]);
  });

  it('never wipes first: a token that moves has its new colour before it loses the old', () => {
    const { painter, painted } = showing(weight(3, [0, 4]));
    painter.show([weight(9, [0, 4])]);
    assert.deepEqual(painted, [
      ['weight looksAt 9', [[0, 4]]],
      ['weight looksAt 3', []],
    ]);
    assert.equal(painter.count, 1);
  });

  it('wipes everything, once', () => {
    const { painter, painted } = showing(weight(3, [0, 4]), query([0, 4]));
    painter.show([]);
    assert.equal(painted.length, 2);
    assert.equal(painter.count, 0);
    painter.show([]);
    assert.equal(painted.length, 2);
  });

  it('paints all anew once it doubts where the characters are', () => {
    const { painter, painted } = showing(weight(3, [10, 14]), query([20, 22]));
    painter.doubt();
    painter.show([weight(3, [10, 14])]);
    assert.deepEqual(painted, [
      ['weight looksAt 3', [[10, 14]]],
      ['query looksAt weightless', []],
    ]);
    painter.show([weight(3, [10, 14])]);
    assert.equal(painted.length, 2, 'and knows them again');
  });

  it('begins anew when all decorations are lost', () => {
    const { painter, painted } = showing(weight(3, [0, 4]));
    painter.lost();
    assert.equal(painter.count, 0);
    painter.show([weight(3, [0, 4])]);
    assert.equal(painted.length, 1);
  });
});

describe('strokes of a plan', () => {
  const steps = emptyPlan.steps.map((_, step): Span[] => (step === 4 ? [[0, 2]] : []));

  it('hold no brush without characters', () => {
    assert.deepEqual(strokesOf(emptyPlan, 'looksAt', false), []);
    const query = { span: [3, 4] as const, step: 2 };
    const strokes = strokesOf({ steps, query, strongest: [[0, 2]] }, 'lookedAt', false);
    assert.deepEqual(
      strokes.map(({ brush }) => brushName(brush)),
      ['weight lookedAt 4', 'strongest lookedAt', 'query lookedAt 2'],
    );
  });

  it('frame the token of a stale text by another brush', () => {
    const query = { span: [3, 4] as const, step: null };
    const names = [true, false].map((stale) =>
      strokesOf({ ...emptyPlan, query }, 'looksAt', stale).map(({ brush }) => brushName(brush)),
    );
    assert.deepEqual(names, [['query looksAt weightless stale'], ['query looksAt weightless']]);
  });

  it('have a brush of their own for each direction', () => {
    const names = (['looksAt', 'lookedAt'] as const).map((direction) =>
      strokesOf({ steps, query: null, strongest: [] }, direction, false).map(({ brush }) =>
        brushName(brush),
      ),
    );
    assert.notDeepEqual(names[0], names[1]);
  });
});
