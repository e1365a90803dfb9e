import assert from 'node:assert/strict';
import { Reader } from '../../../src/host/inspection/reader';
import type { Inspections } from '../../../src/host/inspection/inspections';
import { finished, plan, type FakeWorld } from './fakeEngine';
import { empty, inDocument } from './inspecting';

interface Previewing {
  readonly world: FakeWorld;
  readonly inspections: Inspections;
  readonly reader: Reader;
}

/** A finished inspection in which the reader chose a matrix and locked a token. */
function previewing(): Previewing {
  const { world, inspections } = empty();
  const reader = new Reader(inspections, () => 'relative');
  inspect({ world, inspections, reader }, 'One two');
  reader.navigate({ layer: 0, head: 1 });
  reader.choose({ side: 'source', index: 2 }, true);
  return { world, inspections, reader };
}

function inspect({ world, inspections }: Previewing, text: string): number {
  const { key, snapshot } = inspections.inspect({ ...inDocument, text });
  world.port.says({ type: 'planned', trace: snapshot.trace, plan });
  world.port.says(finished(snapshot.trace));
  return key;
}

describe('a preview', () => {
  it('shows where it leads', () => {
    const { reader } = previewing();
    reader.preview({ layer: 1, head: 0 });
    const { layer, head } = reader.state.navigation;
    assert.deepEqual([layer, head], [1, 0]);
  });

  it('that is taken back leaves the reader where it began, other texts too', () => {
    const all = previewing();
    const { reader, inspections } = all;
    const other = inspect(all, 'Another');
    reader.navigate({ layer: 0, head: 0 });
    const before = inspections.all().map(({ key, navigation }) => [key, navigation]);
    reader.preview({ layer: 1, head: 0 });
    reader.preview({ stack: 'cross', layer: 0, head: 1 });
    assert.notDeepEqual(inspections.get(other)?.navigation, before[1]);
    reader.settlePreview(false);
    const after = inspections.all().map(({ key, navigation }) => [key, navigation]);
    assert.deepEqual(after, before);
  });

  it('brings the chosen token back after stacks that cannot show it', () => {
    const { reader } = previewing();
    reader.preview({ stack: 'cross', layer: 0, head: 0 });
    assert.notEqual(reader.state.navigation.token?.side, 'source');
    reader.preview({ stack: 'encoder', layer: 1, head: 0 });
    assert.deepEqual(reader.state.navigation.token, { side: 'source', index: 2, locked: true });
  });

  it('is no step of the way', () => {
    const { reader } = previewing();
    reader.go('back');
    assert.equal(reader.state.canGoForward, true);
    reader.preview({ layer: 1, head: 0 });
    reader.preview({ layer: 1, head: 1 });
    reader.settlePreview(false);
    // A step would have cut off what lies ahead.
    assert.equal(reader.state.canGoForward, true);
  });

  it('that is kept is one step, however much was looked at', () => {
    const { reader } = previewing();
    for (const head of [0, 1, 0]) reader.preview({ layer: 1, head });
    reader.settlePreview(true);
    const { layer, head } = reader.state.navigation;
    assert.deepEqual([layer, head], [1, 0]);
    reader.go('back');
    const back = reader.state.navigation;
    assert.deepEqual([back.layer, back.head, back.token?.index], [0, 1, 2]);
  });

  it('lets a reader who has chosen nothing go on following the run', () => {
    const { world, inspections } = empty();
    const reader = new Reader(inspections, () => 'relative');
    const { snapshot } = inspections.inspect(inDocument);
    const { trace } = snapshot;
    world.port.says({ type: 'planned', trace, plan });
    reader.preview({ stack: 'decoder', layer: 0, head: 0 });
    for (const layer of [0, 1])
      world.port.says({
        type: 'layer',
        trace,
        layer: { stack: 'encoder', layer },
        milliseconds: 1,
      });
    assert.equal(reader.state.navigation.stack, 'decoder');
    reader.settlePreview(false);
    const { stack, layer } = reader.state.navigation;
    assert.deepEqual([stack, layer], ['encoder', 1]);
    assert.equal(inspections.current?.following, true);
  });

  it('that never began ends without effect', () => {
    const { reader } = previewing();
    let changes = 0;
    reader.changed.on(() => changes++);
    reader.settlePreview(false);
    reader.settlePreview(true);
    assert.equal(changes, 0);
  });
});
