// A hover as Markdown: what it tells, in which order, in both languages, and how much of it.
import assert from 'node:assert/strict';
import * as v from 'valibot';
import {
  commandAddress,
  enabledCommands,
  hoverCommands,
} from '../../../src/host/hover/hoverCommands';
import type { HoverFacts } from '../../../src/host/hover/hoverFacts';
import type { Token } from '../../../src/protocol/trace';
import { token } from './fakeEngine';
import { chinese, facts, link, linesOf, linksIn, outputFacts, seen, written } from './hoverReading';
import { written as wrote } from '../../support/writings';

/** Borders of a table's line that Markdown sees. */
const borders = (line: string): number => line.replaceAll(/\\./g, '').split('|').length - 1;

describe('a hover', () => {
  it('tells who the token is, what it looks at, and where heads look sharply', () => {
    assert.deepEqual(linesOf(facts), [
      '**it** ▁it id 42, position 5 of 0–12 Show in panel',
      '**E2·H5** looks at',
      '| | Token | | Weight | Moved ‖α·v·W_O‖ |',
      '| -: | :- | :- | -: | -: |',
      '| 1 | animal | 0.7500 of 0.7500 | 0.7500 | 1.5000 |',
      '| 9 | tired | 0.1250 of 0.7500 | 0.1250 | 0.2500 |',
      '| Sharpest heads | Token | Weight | Entropy (bits) |',
      '| :- | :- | -: | -: |',
      '| E1·H3 | animal | 0.9375 | 0.2500 |',
      'Positional encoding: 256 dim., −1 purple to 1 green',
      'Positional encoding of position 5',
    ]);
  });

  it('tells of an output token what the model wrote next, and what it might have written here', () => {
    const lines = linesOf(outputFacts);
    assert.equal(lines[1], '**C0·mean** looks at while the model writes “était”');
    const at = lines.indexOf('Candidates for “il”, written at position 5');
    assert.deepEqual(lines.slice(at + 1, at + 5), [
      '| Candidate | | Probability |',
      '| :- | :- | -: |',
      '| **il** | 0.8750 of 1 | **0.8750** |',
      '| elle | 0.0625 of 1 | 0.0625 |',
    ]);
  });

  it('says which way it looks', () => {
    const lookedAt: HoverFacts = {
      ...facts,
      navigation: { ...facts.navigation, direction: 'lookedAt' },
    };
    assert.equal(linesOf(lookedAt)[1], '**E2·H5** is looked at by');
    assert.notEqual(written(lookedAt), written(facts).replace('looks at', 'is looked at by'));
  });

  it('says that the text was changed, with a way to inspect it again', () => {
    const markdown = written({ ...facts, stale: true });
    assert.match(markdown, /^The text was changed since it was inspected\. \[Inspect again\]/);
    assert.ok(linksIn(markdown).includes(commandAddress('headlight.inspectAgain', ['trace-1'])));
  });

  it('says how much weight the hidden tokens hold', () => {
    assert.ok(facts.row !== null);
    assert.match(
      seen(written({ ...facts, row: { ...facts.row, hidden: 0.4123 } })),
      /share: 0\.41\./,
    );
  });

  it('draws no empty table where all weight is on hidden tokens', () => {
    const lines = linesOf({
      ...facts,
      row: { links: [], maximum: 0, hidden: 1, approximate: false },
    });
    assert.match(lines[2] ?? '', /^Special tokens are hidden.* Hidden share: 1\.00\.$/);
  });

  it('says why there is no row, and tells the rest', () => {
    const lines = linesOf({ ...facts, row: null, missing: { code: 'trace.awaited', args: {} } });
    assert.equal(lines[2], 'Not computed yet; it appears as soon as it is.');
    assert.equal(lines[3], '| Sharpest heads | Token | Weight | Entropy (bits) |');
  });

  it('speaks Chinese', () => {
    const text = linesOf({ ...outputFacts, stale: true }, chinese).join('\n');
    const words = text.replaceAll(/\*\*|il\b|elle|était|‖α·v·W_O‖|\bC0|\bE1·H3|animal|tired/g, '');
    assert.doesNotMatch(words, /[A-Za-z]{2,}/);
    assert.match(text, /词元[^]*位置编码/);
  });

  it('links to the panel, to a head, and to nothing that is not ours', () => {
    const links = linksIn(written(facts));
    assert.deepEqual(links, [
      commandAddress('headlight.revealToken', ['trace-1', 'source', 5]),
      ...(facts.row?.links ?? []).map(({ position }) =>
        commandAddress('headlight.explainWeight', ['trace-1', 5, position]),
      ),
      commandAddress('headlight.showHead', ['trace-1', 'encoder', 1, 3, 'source', 5]),
    ]);
    for (const url of links) {
      const [, command = '', args = ''] = /^command:(\S+)\?(\S+)$/.exec(url) ?? [];
      assert.ok(enabledCommands.includes(command));
      const parse = Object.entries(hoverCommands).find(([name]) => name === command)?.[1];
      assert.ok(parse !== undefined && v.is(parse, JSON.parse(decodeURIComponent(args))));
    }
  });

  it('refuses arguments that no hover gives', () => {
    const schema = hoverCommands['headlight.revealToken'];
    for (const args of [[], ['trace-1', 'source'], ['trace-1', 'both', 1], ['', 'source', 1]])
      assert.ok(!v.is(schema, args), JSON.stringify(args));
    assert.ok(
      !v.is(hoverCommands['headlight.showHead'], ['trace-1', 'encoder', 1, 'mean', 'source', 5]),
    );
  });

  for (const label of [
    '[x](command:workbench.action.quit)',
    '<command:workbench.action.quit>',
    '<img src=x>',
    'a|b|c',
    '`',
    '$(sync)',
    'two\nlines\r\n# head',
    'שלום (עולם)',
    '👨‍👩‍👧‍👦',
    '**',
    'x'.repeat(10_000),
  ])
    it(`${JSON.stringify(label.slice(0, 40))} stays in its cell and does nothing`, () => {
      const strange: Token = { ...token(label), piece: label };
      const markdown = written({
        ...outputFacts,
        token: strange,
        next: strange,
        stale: true,
        row: {
          links: [{ ...link('', 0, 0.5), token: strange }],
          maximum: 0.5,
          hidden: 0.1,
          approximate: false,
        },
        focus: facts.focus.map((one) => ({ ...one, key: strange })),
        written: {
          position: 2,
          there: wrote(strange, {
            probability: 0.5,
            candidates: [{ continues: null, id: strange.id, label, probability: 0.5 }],
          }),
        },
        missing: { code: 'trace.neverRead', args: { token: label } },
      });
      const plain = written({ ...outputFacts, stale: true });
      assert.deepEqual(
        new Set(linksIn(markdown).map((url) => url.split('?')[0])),
        new Set(linksIn(plain).map((url) => url.split('?')[0])),
      );
      assert.equal([...markdown.matchAll(/(?<!\\)!\[/g)].length, 3, 'images');
      assert.doesNotMatch(markdown.replaceAll(/\\./g, ''), /[<`]/);
      const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
      assert.deepEqual(rows.map(borders), [6, 6, 6, 5, 5, 5, 4, 4, 4]);
    });

  it('stays far below the length that VS Code cuts hovers at', () => {
    const label = '&|<'.repeat(1000);
    const five = Array.from({ length: 5 }, (_, i) => link(label, i, 0.1));
    const length = written({
      ...outputFacts,
      token: { ...token(label), piece: label },
      row: { links: five, maximum: 0.1, hidden: 0.5, approximate: false },
      focus: Array.from({ length: 3 }, () => ({ ...facts.focus[0]!, key: token(label) })),
      encoding: {
        kind: 'sinusoidal',
        values: Float32Array.from({ length: 1024 }, (_, i) => Math.sin(i * i)),
      },
    }).length;
    assert.ok(length < 40_000, `${length}`);
  });
});
