import assert from 'node:assert/strict';
import { sourceToWriteFrom, textsToForce } from '../../../src/host/commands/writing/meantTexts';
import type { TextInDocument } from '../../../src/host/editor/textInDocument';
import { subject } from './inspecting';
import { Branching } from './branching';

const at = (text: string): TextInDocument => ({ text, place: null, pair: null, origin: 'a.txt:1' });
const sentence = (): TextInDocument => at('at the cursor');

const all = new Branching();
all.inspect();
const { current } = all.inspections;
assert.ok(current);
const same = at(subject.text);

describe('what a person means when a model is to write', () => {
  it('from the selection, from what is inspected, from the sentence at the cursor', () => {
    assert.deepEqual(sourceToWriteFrom([at('x')], current, sentence), at('x'));
    assert.equal(sourceToWriteFrom([same], current, sentence), current, 'it is inspected already');
    assert.equal(sourceToWriteFrom([], current, sentence), current);
    assert.deepEqual(sourceToWriteFrom([], null, sentence), sentence());
    assert.equal(
      sourceToWriteFrom([], null, () => null),
      null,
    );
  });

  it('from the sentence at the cursor where that has left what is inspected', () => {
    const { place, text } = current.subject;
    const there = (words: string, uri = place?.uri ?? '') => ({
      ...at(words),
      place: { uri, line: 3, character: 0 },
    });
    const from = (sentence: TextInDocument) => sourceToWriteFrom([], current, () => sentence);
    assert.ok(place);
    assert.deepEqual(from(there('Another one.')), there('Another one.'));
    assert.equal(from(there(text)), current);
    assert.equal(from(there(`${text} And more.`)), current, 'a part was selected');
    assert.equal(from(there('Another one.', 'file:///other.txt')), current);
  });

  it('two selections are a text and the output to force', () => {
    const texts = textsToForce([at('x'), at('y')], current, sentence);
    assert.deepEqual(texts, { source: at('x'), target: 'y', sure: true });
    assert.equal(textsToForce([same, at('y')], current, sentence)?.source, current);
  });

  it('one selection is the output of what is inspected, else a text whose output is typed', () => {
    assert.deepEqual(textsToForce([at('y')], current, sentence), {
      ...{ source: current, target: 'y' },
      sure: false,
    });
    assert.equal(textsToForce([same], current, sentence)?.target, null);
    assert.deepEqual(textsToForce([at('x')], null, sentence)?.source, at('x'));
    assert.equal(textsToForce([], current, sentence)?.source, current);
    assert.deepEqual(textsToForce([], null, sentence)?.source, sentence());
  });
});
