import assert from 'node:assert/strict';
import { initialNavigation, type NavigationChange } from '../../../src/protocol/navigation';
import { Inspections } from '../../../src/host/inspection/inspections';
import { Reader } from '../../../src/host/inspection/reader';
import { FakeWorld, finished, plan } from './fakeEngine';

const model = { folder: '/model', trainedTokens: 64, language: 'fra' };

class Reading {
  readonly world = new FakeWorld();
  readonly inspections = new Inspections(
    this.world.client,
    () => `t${++this.traces}`,
    () => 'off',
  );
  readonly reader = new Reader(this.inspections, () => 'relative');
  changes = 0;
  private traces = 0;

  constructor() {
    this.inspections.setPanelOpen(true);
    this.reader.changed.on(() => this.changes++);
  }

  /** Inspects a text of a document and lets it finish. Its key. */
  inspect(text: string, folder = model.folder): number {
    const place = { uri: 'file:///a.txt', line: 0, character: 0 };
    const { key, snapshot } = this.inspections.inspect({
      text,
      place,
      pair: null,
      origin: 'a.txt:1',
      model: { ...model, folder },
      language: 'fra',
      writing: null,
    });
    this.world.port.says({ type: 'planned', trace: snapshot.trace, plan });
    this.world.port.says(finished(snapshot.trace));
    return key;
  }

  /** What is on screen: text, layer, head. */
  get view(): readonly unknown[] {
    const { current } = this.inspections;
    return [current?.subject.text, current?.navigation.layer, current?.navigation.head];
  }

  go(...changes: NavigationChange[]): void {
    for (const change of changes) this.reader.navigate(change);
  }
}

describe('Reader', () => {
  it('begins nowhere', () => {
    const { reader } = new Reading();
    assert.deepEqual(reader.state, {
      navigation: initialNavigation,
      link: 'none',
      pinned: null,
      branches: [],
      canGoBack: false,
      canGoForward: false,
      colourScale: 'relative',
    });
    reader.navigate({ layer: 1 });
    reader.choose({ side: 'source', index: 1 }, true);
    reader.pinHere();
    reader.swap();
    reader.go('back');
    assert.equal(reader.state.pinned, null);
  });

  it('changes only what was changed, stays within the plan, and tells once', () => {
    const reading = new Reading();
    reading.inspect('One two');
    const before = reading.reader.state.navigation;
    reading.changes = 0;
    reading.go({ layer: 1, head: 1 });
    assert.deepEqual(reading.reader.state.navigation, { ...before, layer: 1, head: 1 });
    assert.equal(reading.changes, 1);
    reading.go({ layer: 1 });
    assert.equal(reading.changes, 1);
    reading.go({ layer: 9, head: 9 });
    assert.deepEqual(reading.view, ['One two', 1, 1]);
  });

  it('takes a head along to the other texts of the same model, a token only to its own', () => {
    const reading = new Reading();
    const first = reading.inspect('One two');
    const other = reading.inspect('Other model', '/other');
    reading.inspect('Two two');
    reading.go({ layer: 1, head: 0 });
    reading.reader.choose({ side: 'source', index: 1 }, false);
    const { navigation } = reading.inspections.get(first) ?? {};
    assert.deepEqual([navigation?.layer, navigation?.head, navigation?.token?.index], [1, 0, 2]);
    assert.equal(reading.inspections.get(other)?.navigation.head, 'mean');
  });

  it('finds the matrix in which a token can be chosen', () => {
    const reading = new Reading();
    reading.inspect('One two');
    reading.go({ stack: 'cross', direction: 'looksAt' });
    reading.reader.choose({ side: 'source', index: 1 }, false);
    const { stack, direction, token } = reading.reader.state.navigation;
    assert.deepEqual([stack, direction, token?.index], ['cross', 'lookedAt', 1]);
  });

  it('walks back and forward through heads and texts, cursor moves taken together', () => {
    const reading = new Reading();
    reading.inspect('One two');
    reading.go({ layer: 0, head: 0 }, { head: 1 });
    for (const index of [1, 2, 1]) reading.reader.choose({ side: 'source', index }, false);
    reading.inspect('Two two');
    assert.deepEqual(reading.view, ['Two two', 0, 1]);
    reading.reader.go('back');
    assert.deepEqual(reading.view, ['One two', 0, 1]);
    assert.equal(reading.reader.state.navigation.token?.index, 1);
    reading.reader.go('back');
    assert.deepEqual(reading.view, ['One two', 0, 0]);
    reading.reader.go('forward');
    reading.reader.go('forward');
    assert.deepEqual(reading.view, ['Two two', 0, 1]);
    assert.equal(reading.reader.state.canGoForward, false);
  });

  it('walks back through views and what-ifs, as through heads', () => {
    const reading = new Reading();
    reading.inspect('One two');
    reading.go({ layer: 0, head: 0 }, { view: 'steps' }, { key: 1 }, { key: 0 });
    reading.go({ view: 'whatIf', whatIf: { kind: 'positionsOff', side: 'source' } });
    const { reader } = reading;
    reader.go('back');
    const { view, whatIf, key } = reader.state.navigation;
    assert.deepEqual([view, whatIf, key], ['steps', null, 0]);
    reader.go('back');
    assert.deepEqual([reader.state.navigation.view, ...reading.view], ['matrix', 'One two', 0, 0]);
    reader.go('forward');
    reader.go('forward');
    assert.equal(reader.state.navigation.whatIf?.kind, 'positionsOff');
  });

  it('comes back to a text whose trace is long gone by running it again', () => {
    const reading = new Reading();
    const key = reading.inspect('One two');
    reading.go({ head: 1 });
    reading.inspect('Two two');
    reading.inspections.drop(key);
    reading.reader.go('back');
    assert.equal(reading.world.port.last('run').text, 'One two');
    assert.deepEqual(reading.view, ['One two', 0, 1]);
    assert.equal(reading.reader.state.canGoForward, true);
  });

  it('pins a view, which stays while the reader goes on, and swaps it', () => {
    const reading = new Reading();
    const first = reading.inspect('One two');
    reading.go({ head: 1 });
    reading.reader.pinHere();
    reading.inspect('Two two');
    reading.go({ head: 0, view: 'compare' });
    assert.equal(reading.reader.state.pinned?.snapshot.trace, 't1');
    assert.equal(reading.reader.state.pinned.navigation.head, 1);
    reading.reader.swap();
    assert.deepEqual(reading.view, ['One two', 0, 1]);
    assert.equal(reading.reader.state.navigation.view, 'compare');
    assert.equal(reading.reader.state.pinned.snapshot.trace, 't2');
    assert.equal(reading.reader.state.pinned.navigation.head, 0);
    reading.inspections.update(first, { link: 'lost' });
    reading.reader.unpin();
    assert.equal(reading.reader.state.pinned, null);
  });

  it('compares two heads of one text: the pin does not move along', () => {
    const reading = new Reading();
    reading.inspect('One two');
    reading.go({ head: 0 });
    reading.reader.pinHere();
    reading.go({ head: 1 });
    assert.equal(reading.reader.state.pinned?.navigation.head, 0);
    assert.equal(reading.reader.state.pinned.snapshot.trace, 't1');
    reading.reader.swap();
    assert.deepEqual(reading.view, ['One two', 0, 0]);
    assert.equal(reading.reader.state.pinned.navigation.head, 1);
  });

  it('loses the pin with its trace', () => {
    const reading = new Reading();
    const key = reading.inspect('One two');
    reading.reader.pinHere();
    reading.inspect('Two two');
    reading.inspections.drop(key);
    assert.equal(reading.reader.state.pinned, null);
  });
});
