import assert from 'node:assert/strict';
import { MAX_DECORATIONS } from '../../../src/host/editor/colours';
import type { Span } from '../../../src/host/editor/trackedText';
import {
  ColourWorld,
  FILE,
  FakeEditor,
  inspectionOf,
  linkOf,
  navigation,
  settled,
} from './colourWorld';
import { plan, token } from './fakeEngine';

const FRAME_MS = 16;
const PAUSE_MS = 200;

const painted = ['query looksAt 8', 'strongest looksAt', 'weight looksAt 15'];

describe('colours in editors', () => {
  it('paint the row that the reader stands on: weights, frame, marks', async () => {
    const world = new ColourWorld(FILE);
    await world.hold(inspectionOf(1));
    const { editor, colours } = world;
    assert.deepEqual(editor.names, painted);
    assert.deepEqual(editor.painted.get('weight looksAt 15'), [[4, 7]]);
    assert.deepEqual(editor.painted.get('query looksAt 8'), [[0, 3]]);
    assert.deepEqual(editor.painted.get('strongest looksAt'), [
      [4, 7],
      [0, 3],
    ]);
    assert.equal(colours.count, 4);
  });

  it('ask once for what changes together, and paint only what differs', async () => {
    const world = new ColourWorld(FILE);
    await world.hold(inspectionOf(1));
    const before = world.editor.strokes;
    const asked = world.asked.length;
    world.readerChanged.emit();
    world.inspections.changed.emit(inspectionOf(1));
    await settled();
    assert.equal(world.asked.length, asked + 1);
    assert.equal(world.editor.strokes, before);
  });

  it('leave documents alone in which nothing is inspected', async () => {
    const world = new ColourWorld('file:///other.txt');
    await world.hold(inspectionOf(1));
    world.surfaces.moved.emit(world.editor);
    world.linksChanged.emit('file:///other.txt');
    world.surfaces.edited.emit('file:///other.txt');
    assert.equal(world.clock.pending, 0);
    assert.equal(world.asked.length, 0);
    assert.equal(world.editor.strokes, 0);
  });

  it('show the inspection of a document that was used last', async () => {
    const world = new ColourWorld(FILE);
    const second = linkOf({ parts: [[10, 17]], spans: [null, [10, 13], [14, 17], null] });
    await world.hold(inspectionOf(1));
    await world.hold(inspectionOf(2), second);
    assert.deepEqual(world.editor.painted.get('query looksAt 8'), [[10, 13]]);
    await world.hold(inspectionOf(1));
    assert.deepEqual(world.editor.painted.get('query looksAt 8'), [[0, 3]]);
  });

  it('stay until the answer for the next token is there, however long that takes', async () => {
    const world = new ColourWorld(FILE);
    await world.hold(inspectionOf(1));
    const open = world.holdRows();
    const before = world.editor.strokes;
    const tokens = [2, 1, 2];
    for (const index of tokens) {
      const token = { side: 'source' as const, index, locked: false };
      await world.hold(inspectionOf(1, { navigation: { ...navigation, token } }));
    }
    assert.equal(world.editor.strokes, before);
    const waiting = world.asked.length;
    world.weights = Float32Array.of(0, 1, 0.25, Number.NaN);
    await open();
    assert.equal(world.asked.length, waiting + 1, 'one more question, the newest');
    assert.deepEqual(world.editor.painted.get('query looksAt 8'), [[4, 7]]);
    assert.deepEqual(world.editor.painted.get('weight looksAt 15'), [[0, 3]]);
  });

  it('do not paint an answer about a run that is over', async () => {
    const world = new ColourWorld(FILE);
    const open = world.holdRows();
    await world.hold(inspectionOf(1));
    const { snapshot } = inspectionOf(1);
    const layers: typeof snapshot.layers = [];
    const anew = { ...snapshot, trace: 'trace-1b', layers, outcome: null };
    await world.hold(inspectionOf(1, { snapshot: anew }), linkOf({ spans: [] }));
    await open();
    assert.equal(world.editor.strokes, 0);
  });

  it('stay while the same text is run anew, and go if that fails', async () => {
    const world = new ColourWorld(FILE);
    await world.hold(inspectionOf(1));
    const { snapshot } = inspectionOf(1);
    const layers: typeof snapshot.layers = [];
    const anew = { ...snapshot, trace: 'trace-1b', layers, outcome: null };
    await world.hold(inspectionOf(1, { snapshot: anew }));
    assert.deepEqual(world.editor.names, painted);
    await world.hold(inspectionOf(1, { snapshot: { ...anew, outcome: 'failed' } }));
    assert.deepEqual(world.editor.names, []);
  });

  it('go with the text that they are of', async () => {
    const world = new ColourWorld(FILE);
    await world.hold(inspectionOf(1));
    world.held.clear();
    world.linksChanged.emit(FILE);
    world.clock.pass(FRAME_MS);
    await settled();
    assert.equal(world.colours.count, 0);
    assert.deepEqual(world.editor.names, []);
  });

  it('are toggled, at once even while an answer is awaited', async () => {
    const world = new ColourWorld(FILE);
    await world.hold(inspectionOf(1));
    const open = world.holdRows();
    world.readerChanged.emit();
    await settled();
    world.colours.toggle();
    await settled();
    assert.equal(world.colours.enabled, false);
    assert.equal(world.colours.count, 0);
    await open();
    assert.equal(world.colours.count, 0, 'the late answer paints nothing');
    world.colours.toggle();
    await settled();
    assert.deepEqual(world.editor.names, painted);
  });

  it('follow scrolling a frame later, once for many events', async () => {
    const world = new ColourWorld(FILE);
    world.editor.inSight = [];
    await world.hold(inspectionOf(1));
    assert.deepEqual(world.editor.names, ['query looksAt weightless', 'strongest looksAt']);
    const asked = world.asked.length;
    world.editor.inSight = [[0, 10]];
    for (let i = 0; i < 5; i++) world.surfaces.moved.emit(world.editor);
    await settled();
    assert.equal(world.asked.length, asked);
    world.clock.pass(FRAME_MS);
    await settled();
    assert.equal(world.asked.length, asked + 1);
    assert.deepEqual(world.editor.names, painted);
  });

  it('are painted anew when another kind of theme took them away', async () => {
    const world = new ColourWorld(FILE);
    await world.hold(inspectionOf(1));
    world.editor.painted.clear();
    world.surfaces.wiped.emit();
    await settled();
    assert.deepEqual(world.editor.names, painted);
  });

  it('leave typing alone: VS Code moves them along, and after a pause they are set right', async () => {
    const world = new ColourWorld(FILE);
    await world.hold(inspectionOf(1));
    const before = world.editor.strokes;
    const moved = linkOf({ parts: [[3, 10]], spans: [null, [3, 6], [7, 10], null] });
    for (let key = 0; key < 3; key++) {
      world.surfaces.edited.emit(FILE);
      world.linksChanged.emit(FILE);
      world.surfaces.moved.emit(world.editor);
      await world.hold(inspectionOf(1), moved);
      world.clock.pass(PAUSE_MS - 1);
      await settled();
    }
    assert.equal(world.editor.strokes, before);
    world.clock.pass(1);
    await settled();
    assert.equal(world.editor.strokes, before + painted.length);
    assert.deepEqual(world.editor.painted.get('query looksAt 8'), [[3, 6]]);
    assert.equal(world.clock.pending, 0);
  });

  it('are painted anew after a pause even if every offset is the same again, as after undo', async () => {
    const world = new ColourWorld(FILE);
    await world.hold(inspectionOf(1));
    const before = world.editor.strokes;
    world.surfaces.edited.emit(FILE);
    world.clock.pass(PAUSE_MS);
    await settled();
    assert.equal(world.editor.strokes, before + painted.length);
  });

  it('of an answer that comes while keys are pressed wait for the pause', async () => {
    const world = new ColourWorld(FILE);
    const open = world.holdRows();
    await world.hold(inspectionOf(1));
    world.surfaces.edited.emit(FILE);
    await open();
    assert.equal(world.editor.strokes, 0);
    world.clock.pass(PAUSE_MS);
    await settled();
    assert.deepEqual(world.editor.names, painted);
  });

  it('share the number of decorations among the editors on screen', async () => {
    const world = new ColourWorld(FILE, FILE);
    const count = 2 * MAX_DECORATIONS;
    const spans = Array.from({ length: count }, (_, i): Span => [2 * i, 2 * i + 1]);
    world.weights = Float32Array.from(spans, (_, i) => (i + 1) / count);
    const source = spans.map(() => token('x'));
    const { snapshot } = inspectionOf(1);
    const long = inspectionOf(1, { snapshot: { ...snapshot, plan: { ...plan, source } } });
    await world.hold(long, linkOf({ spans, parts: [[0, 2 * count]] }));
    assert.equal(world.colours.count, MAX_DECORATIONS);
    world.editors.pop();
    world.surfaces.changed.emit();
    await settled();
    assert.equal(world.colours.count, MAX_DECORATIONS, 'all of them for the one that is left');
  });

  it('paint an editor that comes later, and leave one that is gone alone', async () => {
    const world = new ColourWorld();
    await world.hold(inspectionOf(1));
    const editor = new FakeEditor(FILE);
    world.editors.push(editor);
    world.surfaces.changed.emit();
    await settled();
    assert.deepEqual(editor.names, painted);
    world.editors.pop();
    world.surfaces.changed.emit();
    const before = editor.strokes;
    world.held.clear();
    world.readerChanged.emit();
    await settled();
    assert.equal(editor.strokes, before);
    assert.equal(world.colours.count, 0);
  });

  it('leave no timer and no listener behind', async () => {
    const world = new ColourWorld(FILE);
    await world.hold(inspectionOf(1));
    world.surfaces.moved.emit(world.editor);
    assert.equal(world.clock.pending, 1);
    world.colours.dispose();
    assert.equal(world.clock.pending, 0);
    const asked = world.asked.length;
    world.readerChanged.emit();
    world.surfaces.moved.emit(world.editor);
    await settled();
    assert.equal(world.asked.length, asked);
  });
});
