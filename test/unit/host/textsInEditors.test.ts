import assert from 'node:assert/strict';
import type { ColouredTexts } from '../../../src/host/editor/colouredTexts';
import type { Inspection } from '../../../src/host/inspection/inspection';
import { TextsInEditors } from '../../../src/host/output/textsInEditors';
import { Signal } from '../../../src/host/signal';
import { inspectionOf } from './colourWorld';
import { french } from './outputFixture';

const OUTPUT = 'headlight-output:/Output';
const FILE = 'file:///text.txt';
const limits = { scale: 'relative', limit: 10 } as const;
const surfaceOf = (uri: string) => ({ uri, visible: () => [], selected: () => [] });

/** The output of inspection 1 in its document; a text in it is inspected as 2. */
function texts(current: number): { both: TextsInEditors; changed: Signal<string>; told: string[] } {
  const output = inspectionOf(1, {
    snapshot: french,
    navigation: {
      ...inspectionOf(1).navigation,
      stack: 'cross',
      token: { side: 'target', index: 1, locked: true },
    },
  });
  const inside = inspectionOf(2);
  const inspected: ColouredTexts = {
    changed: new Signal(),
    inspectionIn: (uri) => (uri === OUTPUT ? inside : uri === FILE ? output : null),
    asksRow: () => true,
    strokes: () => [],
    isTyped: () => true,
  };
  const changed = new Signal<string>();
  const both = new TextsInEditors(
    inspected,
    {
      changed,
      inspectionIn: (uri) => (uri === OUTPUT ? output : null),
      linkIn: () => ({ inspection: output, text: 'Un chat', spans: [null, [0, 2], [3, 7], null] }),
    },
    { current: current === 1 ? output : inside },
  );
  const told: string[] = [];
  both.changed.on((uri) => told.push(uri));
  return { both, changed, told };
}

describe('texts that colours are painted in', () => {
  it('are the current inspection’s where a text in an output is inspected as well', () => {
    assert.equal(texts(1).both.inspectionIn(OUTPUT)?.key, 1);
    assert.equal(texts(2).both.inspectionIn(OUTPUT)?.key, 2);
    assert.equal(texts(2).both.inspectionIn(FILE)?.key, 1);
    assert.equal(texts(1).both.inspectionIn('file:///other.txt'), null);
  });

  it('are painted as what they are: the text of an inspection, or its output', () => {
    const { both } = texts(1);
    const output = both.inspectionIn(OUTPUT) as Inspection;
    assert.equal(both.asksRow(FILE, output), true);
    // Cross-attention from the output is about the text.
    assert.equal(both.asksRow(OUTPUT, output), false);
    const [frame] = both.strokes(surfaceOf(OUTPUT), output, null, limits) ?? [];
    assert.deepEqual(frame?.spans, [[3, 7]]);
    assert.deepEqual(both.strokes(surfaceOf(FILE), output, null, limits), []);
  });

  it('are typed by a reader, but for outputs; and say when they change, until they are let go', () => {
    const { both, changed, told } = texts(1);
    assert.deepEqual([both.isTyped(OUTPUT), both.isTyped(FILE)], [false, true]);
    changed.emit(OUTPUT);
    both.dispose();
    changed.emit(FILE);
    assert.deepEqual(told, [OUTPUT]);
    assert.equal(changed.size, 0);
  });
});
