import assert from 'node:assert/strict';
import { History } from '../../../src/host/inspection/history';

describe('History', () => {
  it('goes back and forward, and forgets what lay ahead at a new step', () => {
    const history = new History<string>();
    assert.deepEqual([history.canGoBack, history.canGoForward, history.here], [false, false, null]);
    for (const step of ['a', 'b', 'c']) history.visit(step);
    assert.equal(history.go('back'), 'b');
    assert.equal(history.go('back'), 'a');
    assert.equal(history.go('back'), null);
    assert.equal(history.go('forward'), 'b');
    history.visit('d');
    assert.equal(history.canGoForward, false);
    assert.equal(history.go('back'), 'b');
    assert.equal(history.go('forward'), 'd');
  });

  it('amends the step it stands on', () => {
    const history = new History<string>();
    history.amend('a');
    history.visit('b');
    history.amend('b further on');
    assert.equal(history.go('back'), 'a');
    assert.equal(history.go('forward'), 'b further on');
  });

  it('keeps the newest hundred', () => {
    const history = new History<number>();
    for (let step = 0; step < 250; step++) history.visit(step);
    let oldest = history.here;
    for (let step = history.go('back'); step !== null; step = history.go('back')) oldest = step;
    assert.equal(oldest, 150);
  });
});
