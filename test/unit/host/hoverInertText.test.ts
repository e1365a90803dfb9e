// Text of strangers in Markdown: every sign is seen, none does anything.
import assert from 'node:assert/strict';
import {
  appendInert,
  appendSentence,
  isolated,
  shortened,
} from '../../../src/host/hover/inertText';
import { MarkdownFake, unescaped, type Generation } from './markdownFake';

const hostile = [
  '[x](command:workbench.action.quit)',
  '<command:workbench.action.quit>',
  '<span style="color:#f00">red</span>',
  '<img src=x onerror=alert(1)>',
  '![x](https://example.org/pixel.png)',
  'https://example.org',
  'www.example.org',
  'someone@example.org',
  '&lt;b&gt; &#124; &amp;',
  'a | b || c',
  '`code` ```',
  '$(sync) **bold** _it_ ~~no~~',
  '\\| \\',
  '- item',
  '# head',
];

const appended = (text: string, generation: Generation): string => {
  const markdown = new MarkdownFake(generation);
  appendInert(markdown, text);
  return markdown.value;
};

describe('text of strangers', () => {
  for (const generation of ['older', 'newer'] as const)
    for (const text of hostile)
      it(`${text} is seen as it is written, and nothing else (${generation})`, () => {
        const markdown = appended(text, generation);
        assert.equal(unescaped(markdown), text);
        const bare = markdown.replaceAll(/\\./g, '').replaceAll(/&(#\d+|nbsp);/g, '');
        assert.doesNotMatch(bare, /[`*_{}[\]()#!~<>|&:@.\\]/);
      });

  it('one line of its own direction', () => {
    assert.equal(isolated('שלום\nעולם'), '\u2068שלום עולם\u2069');
  });

  it('a sentence can be broken between its words', () => {
    const markdown = new MarkdownFake();
    appendSentence(markdown, 'not *in*\nmemory');
    assert.equal(markdown.value, 'not \\*in\\* memory');
  });

  it('shortens by what a reader takes for one character', () => {
    const family = '👨‍👩‍👧‍👦';
    assert.equal(shortened('animal', 6), 'animal');
    assert.equal(shortened('animals', 6), 'animal…');
    assert.equal(shortened(family.repeat(3), 2), `${family.repeat(2)}…`);
    assert.equal(shortened(family.repeat(3), 3), family.repeat(3));
  });

  it('marks without end do not make a character without end', () => {
    assert.equal(shortened(`ab${'c\u0301'.padEnd(1000, '\u0301')}`, 10), 'ab…');
  });
});
