import assert from 'node:assert/strict';
import { translator } from '../../../src/language/translate';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import { outcomeWords } from '../../../webview/inspector/header';
import { planWith, tokenOf } from '../../support/traceParts';

/** How a run of three tokens ended that took so many over from the text before. */
function wordsAfter(reused: number | null): string {
  const source = ['The', ' cat', ' sat'].map((label) => tokenOf(label, {}));
  const more = reused === null ? {} : { reused };
  const plan = planWith({ text: 'The cat sat', source, ...more });
  const snapshot = { ...emptySnapshot('t', 'a.txt'), plan, milliseconds: 40 };
  return outcomeWords({ ...snapshot, outcome: 'complete' }, translator({}));
}

describe('how a run ended', () => {
  it('tells what needed no computing', () => {
    assert.equal(wordsAfter(2), 'Complete in 0.04 s · 2 of 3 tokens reused');
  });

  it('and nothing of that where all was computed', () => {
    assert.equal(wordsAfter(null), 'Complete in 0.04 s');
  });
});
