import assert from 'node:assert/strict';
import { DisposableStore } from '../../../src/host/disposables';
import { Signal } from '../../../src/host/signal';

describe('DisposableStore', () => {
  it('lets go in the opposite order, once', () => {
    const gone: string[] = [];
    const store = new DisposableStore();
    for (const name of ['first', 'second', 'third'])
      store.add({ dispose: () => void gone.push(name) });
    store.dispose();
    store.dispose();
    assert.deepEqual(gone, ['third', 'second', 'first']);
  });

  it('lets go at once of what comes after the end', () => {
    const store = new DisposableStore();
    store.dispose();
    let gone = false;
    store.add({ dispose: () => (gone = true) });
    assert.equal(gone, true);
  });
});

describe('Signal', () => {
  it('reaches every listener until it leaves', () => {
    const signal = new Signal<number>();
    const heard: string[] = [];
    const first = signal.on((value) => heard.push(`first ${value}`));
    signal.on((value) => heard.push(`second ${value}`));
    signal.emit(1);
    first.dispose();
    signal.emit(2);
    assert.deepEqual(heard, ['first 1', 'second 1', 'second 2']);
  });

  it('lets a listener leave while it is being told', () => {
    const signal = new Signal<number>();
    const heard: number[] = [];
    const once = signal.on((value) => {
      heard.push(value);
      once.dispose();
    });
    signal.on((value) => heard.push(10 * value));
    signal.emit(1);
    signal.emit(2);
    assert.deepEqual(heard, [1, 10, 20]);
  });
});
