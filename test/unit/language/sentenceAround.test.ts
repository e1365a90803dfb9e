import assert from 'node:assert/strict';
import { sentenceAround } from '../../../src/language/sentenceAround';

/** The sentence around the place marked `|`. */
function around(marked: string): string {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const [start, end] = sentenceAround(text, offset);
  return text.slice(start, end);
}

describe('sentenceAround', () => {
  const cases: readonly (readonly [why: string, marked: string, sentence: string])[] = [
    ['in the middle', 'One is here. Two| is there. Three.', 'Two is there.'],
    ['at the very start', '|One is here. Two.', 'One is here.'],
    ['at the very end', 'One is here. Two.|', 'Two.'],
    ['right after a full stop', 'One is here.| Two is there.', 'One is here.'],
    ['right before a sentence', 'One is here. |Two is there.', 'Two is there.'],
    ['question and exclamation marks', 'Really? |Yes! Good.', 'Yes!'],
    ['closing quotes stay', 'He said “Go!” |Then he left.', 'Then he left.'],
    [
      'a title is no end',
      'Yesterday Dr. |Smith met Mrs. Jones. They talked.',
      'Yesterday Dr. Smith met Mrs. Jones.',
    ],
    ['nor is an initial', 'J. R. R. Tolkien |wrote it. I read it.', 'J. R. R. Tolkien wrote it.'],
    ['nor a latin abbreviation', 'Use it, e.g. |Monday. Then rest.', 'Use it, e.g. Monday.'],
    ['nor a country', 'The U.S. |Army came. It left.', 'The U.S. Army came.'],
    ['nor a number', 'It is 3.14 |or so. Fine.', 'It is 3.14 or so.'],
    ['Chinese', '猫吃了鱼。狗|睡觉了！鸟呢？', '狗睡觉了！'],
    ['a wrapped line', 'This goes\non for |two lines. Next\none.', 'This goes\non for two lines.'],
    ['a wrapped line of Windows', 'This goes\r\non |here. Next.', 'This goes\r\non here.'],
    ['the paragraph is the limit', 'No full stop here\n\nNext |paragraph', 'Next paragraph'],
    ['a heading stands alone', '# Title\nThe |text.', 'The text.'],
    ['the heading itself', '# Ti|tle\nThe text.', '# Title'],
    ['list items', '- one thing\n- another |thing\n- third', '- another thing'],
    ['a list item that wraps', '- another\n  |thing\n- third', '- another\n  thing'],
    ['leading white space', '   |  Hello there.  ', 'Hello there.'],
    ['an empty line', 'One.\n|\nTwo.', ''],
    ['an empty text', '|', ''],
  ];
  for (const [why, marked, sentence] of cases)
    it(why, () => assert.equal(around(marked), sentence));

  it('takes any offset', () => {
    assert.deepEqual(sentenceAround('Hello.', -5), [0, 6]);
    assert.deepEqual(sentenceAround('Hello.', 500), [0, 6]);
  });

  it('does not read an endless line to its ends', () => {
    const text = 'word '.repeat(20_000);
    const [start, end] = sentenceAround(text, 50_000);
    assert.ok(start <= 50_000 && end >= 50_000);
    assert.ok(end - start <= 20_000);
  });

  it('cuts no character in two at the end of its reach', () => {
    for (const lead of ['', 'x']) {
      const text = lead + '😀'.repeat(20_000);
      const [start, end] = sentenceAround(text, 20_000);
      assert.doesNotMatch(text.slice(start, end), /\p{Cs}/u);
    }
  });
});
