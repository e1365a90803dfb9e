// A hover as a reader sees it: its lines without escapes, its links.
import { hoverColours } from '../../../src/host/hover/hoverColours';
import type { HoverFacts, Link } from '../../../src/host/hover/hoverFacts';
import { writeHover } from '../../../src/host/hover/hoverText';
import { translator } from '../../../src/language/translate';
import { initialNavigation } from '../../../src/protocol/navigation';
import { LANGUAGE, translations } from '../../manifest/translations';
import { token } from './fakeEngine';
import { MarkdownFake, unescaped } from './markdownFake';
import { written as wrote } from '../../support/writings';

export const colours = hoverColours('dark');
export const english = translator({});
export const chinese = translator(Object.fromEntries(translations(LANGUAGE)));

export const link = (label: string, position: number, weight: number): Link => ({
  position,
  token: token(label),
  weight,
  norm: weight * 2,
});

export const facts: HoverFacts = {
  trace: 'trace-1',
  side: 'source',
  index: 5,
  last: 12,
  token: { ...token('it'), piece: '▁it', id: 42 },
  stale: false,
  navigation: { ...initialNavigation, layer: 2, head: 5 },
  next: null,
  row: {
    links: [link('animal', 1, 0.75), link('tired', 9, 0.125)],
    maximum: 0.75,
    hidden: null,
    approximate: false,
  },
  focus: [
    {
      address: { stack: 'encoder', layer: 1, head: 3 },
      entropy: 0.25,
      key: token('animal'),
      weight: 0.9375,
    },
  ],
  group: { first: 5, last: 5 },
  encoding: { kind: 'sinusoidal', values: new Float32Array(256) },
  expected: null,
  said: [],
  written: null,
  missing: null,
};

export const outputFacts: HoverFacts = {
  ...facts,
  side: 'target',
  token: token('il'),
  navigation: { ...initialNavigation, stack: 'cross', layer: 0, head: 'mean' },
  next: token('était'),
  written: {
    position: 5,
    there: wrote(
      { ...token('il'), id: 8 },
      {
        probability: 0.875,
        candidates: [
          { id: 8, label: 'il', continues: null, probability: 0.875 },
          { id: 9, label: 'elle', continues: null, probability: 0.0625 },
        ],
      },
    ),
  },
};

export function written(told: HoverFacts, t = english): string {
  const markdown = new MarkdownFake();
  writeHover(markdown, told, colours, t);
  return markdown.value;
}

/** As a reader sees it: images as their alternative text, links as their words, no escapes. */
export const seen = (markdown: string): string =>
  unescaped(markdown.replaceAll(/!?\[((?:\\.|[^\]\\])*)\]\([^)]*\)/g, '$1'))
    .replaceAll(/[\u2068\u2069]/g, '')
    .replaceAll(/ {2,}/g, ' ');

export const linesOf = (told: HoverFacts, t = english): string[] =>
  seen(written(told, t))
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');

export const linksIn = (markdown: string): string[] =>
  [...markdown.matchAll(/(?<!!)\[[^\]]*\]\((\S+?)(?: "[^"]*")?\)/g)].map(([, url = '']) => url);
