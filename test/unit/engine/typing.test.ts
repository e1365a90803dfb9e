import assert from 'node:assert/strict';
import { Typing } from '../../../src/engine/typing';

describe('somebody who types', () => {
  it('does so until a pause of a second and a half', () => {
    let now = 0;
    const typing = new Typing(() => now);
    assert.equal(typing.goesOn, false);
    typing.heard();
    for (now of [1, 1_499]) assert.equal(typing.goesOn, true);
    typing.heard();
    now = 2_000;
    assert.equal(typing.goesOn, true);
    now = 2_999;
    assert.equal(typing.goesOn, false);
  });
});
