import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import { initialNavigation } from '../../../src/protocol/navigation';
import type { Inspection } from '../../../src/host/inspection/inspection';
import { InspectionStore } from '../../../src/host/inspection/storedInspection';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import { plainWriting, type Writing } from '../../../src/protocol/writing';

/** A memento whose writes the test lets through one by one. */
class SlowMemento implements Memento {
  readonly values = new Map<string, unknown>();
  readonly writes: (() => void)[] = [];

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  get(key: string): undefined {
    // The interface lets the caller name any type; what comes is whatever was written.
    return this.values.get(key) as undefined;
  }

  update(key: string, value: unknown): Promise<void> {
    return new Promise((resolve) =>
      this.writes.push(() => {
        if (value === undefined) this.values.delete(key);
        else this.values.set(key, structuredClone(value));
        resolve();
      }),
    );
  }
}

const inspection = (text: string, layer = 0): Inspection => ({
  subject: {
    text,
    place: { uri: 'file:///a.txt', line: 1, character: 2 },
    pair: null,
    origin: 'a.txt:2',
    model: { folder: '/m', trainedTokens: null, language: null },
    language: 'fra',
    writing: null,
  },
  key: 1,
  snapshot: emptySnapshot('t', 'a.txt:2'),
  navigation: { ...initialNavigation, layer },
  following: false,
  link: 'linked',
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('InspectionStore', () => {
  it('gives back text, place and navigation', async () => {
    const memento = new SlowMemento();
    const store = new InspectionStore(memento);
    assert.equal(store.recall(), null);
    store.keep(inspection('One', 2));
    await turn();
    memento.writes.shift()?.();
    const { subject, navigation } = inspection('One', 2);
    const { text, language, origin, place, pair } = subject;
    assert.deepEqual(store.recall(), {
      ...{ text, language, origin, place, pair, model: subject.model.folder, navigation },
      writing: null,
      following: false,
    });
  });

  it('writes one at a time, and of those that wait only the newest', async () => {
    const memento = new SlowMemento();
    const store = new InspectionStore(memento);
    store.keep(inspection('One'));
    await turn();
    for (const layer of [1, 2, 3]) store.keep(inspection('One', layer));
    assert.equal(memento.writes.length, 1);
    memento.writes.shift()?.();
    await turn();
    assert.equal(memento.writes.length, 1);
    memento.writes.shift()?.();
    await turn();
    assert.equal(memento.writes.length, 0);
    assert.equal(store.recall()?.navigation.layer, 3);
  });

  it('keeps no text of more than 20,000 characters, nor the one before it', async () => {
    const memento = new SlowMemento();
    const store = new InspectionStore(memento);
    for (const text of ['One', 'x'.repeat(20_001)]) {
      store.keep(inspection(text));
      await turn();
      memento.writes.shift()?.();
      await turn();
    }
    assert.equal(store.recall(), null);
  });

  it('does not trust what another version wrote', () => {
    const memento = new SlowMemento();
    memento.values.set('headlight.inspection', { text: 'One', navigation: { view: 'globe' } });
    assert.equal(new InspectionStore(memento).recall(), null);
  });

  it('gives back both texts of a pair', async () => {
    const memento = new SlowMemento();
    const store = new InspectionStore(memento);
    const { subject, ...rest } = inspection('Who came?');
    const pair = { text: 'Nobody came.', place: { uri: 'file:///a.txt', line: 4, character: 0 } };
    store.keep({ ...rest, subject: { ...subject, pair } });
    await turn();
    memento.writes.shift()?.();
    assert.deepEqual(store.recall()?.pair, pair);
    const long = { text: 'x'.repeat(20_000), place: null };
    store.keep({ ...rest, subject: { ...subject, pair: long } });
    await turn();
    memento.writes.shift()?.();
    assert.equal(store.recall(), null, 'together they are too long');
  });

  it('gives back how the text is written on, unless what is given is too long', async () => {
    const memento = new SlowMemento();
    const store = new InspectionStore(memento);
    const { subject, ...rest } = inspection('One');
    const forced = (text: string): Writing => ({
      ...plainWriting,
      begin: { ids: [1, 2], text },
      further: false,
    });
    for (const text of ['Un', 'x'.repeat(20_000)]) {
      store.keep({ ...rest, subject: { ...subject, writing: forced(text) } });
      await turn();
      memento.writes.shift()?.();
      await turn();
      const expected = text === 'Un' ? forced(text) : undefined;
      assert.deepEqual(store.recall()?.writing, expected);
    }
  });

  it('reads what a version before words and pairs wrote', () => {
    const memento = new SlowMemento();
    const { unit: _, ...navigation } = initialNavigation;
    const { text, place, origin, language, model } = inspection('One').subject;
    const stored = { text, place, origin, language, model: model.folder, navigation };
    memento.values.set('headlight.inspection', { ...stored, following: true });
    const recalled = new InspectionStore(memento).recall();
    assert.equal(recalled?.pair, null);
    assert.equal(recalled.writing, null);
    assert.equal(recalled?.navigation.unit, 'token');
  });
});
