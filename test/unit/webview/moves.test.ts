import assert from 'node:assert/strict';
import { initialNavigation } from '../../../src/protocol/navigation';
import { Moves } from '../../../webview/inspector/moves';

describe('moves of the reader', () => {
  const told = { ...initialNavigation, layer: 1, head: 2 };

  it('are sent as one, and only once', () => {
    const moves = new Moves();
    assert.equal(moves.take(), null);
    moves.make({ layer: 1 });
    moves.make({ head: 4 });
    moves.make({ layer: 2 });
    assert.deepEqual(moves.take(), { sequence: 1, change: { layer: 2, head: 4 } });
    assert.equal(moves.take(), null);
  });

  it('are not undone by what the host said before it heard of them', () => {
    const moves = new Moves();
    moves.make({ layer: 2 });
    moves.take();
    const shown = { ...initialNavigation, layer: 2 };
    assert.equal(moves.merge(shown, told, 0), shown);
    assert.deepEqual(moves.merge(shown, told, 1), told);
  });

  it('that are not sent yet stay on top of what the host says', () => {
    const moves = new Moves();
    moves.make({ head: 7 });
    assert.deepEqual(moves.merge(initialNavigation, told, 0), { ...told, head: 7 });
  });

  it('about a trace that is gone are void', () => {
    const moves = new Moves();
    moves.make({ layer: 2 });
    moves.take();
    moves.make({ layer: 0 });
    moves.forget();
    assert.equal(moves.take(), null);
    assert.deepEqual(moves.merge(initialNavigation, told, 0), told);
    moves.make({ head: 1 });
    assert.equal(moves.take()?.sequence, 2, 'the host counts on');
  });
});
