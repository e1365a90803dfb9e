// What a hover tells of words, and of models that do more than write.
import assert from 'node:assert/strict';
import { commandAddress } from '../../../src/host/hover/hoverCommands';
import type { HoverFacts } from '../../../src/host/hover/hoverFacts';
import { token } from './fakeEngine';
import { facts, linesOf, linksIn, written } from './hoverReading';

describe('a hover, by model and unit', () => {
  it('says of a word which tokens it is made of', () => {
    const word: HoverFacts = {
      ...facts,
      token: { ...token('unbelievable'), piece: '▁un believ able' },
      group: { first: 2, last: 4 },
      navigation: { ...facts.navigation, unit: 'word' },
      encoding: null,
    };
    assert.equal(
      linesOf(word)[0],
      '**unbelievable** ▁un believ able word 5 of 0–12, tokens 2–4 Show in panel',
    );
    const heads = linesOf(word).filter((line) => line.includes('| Word |'));
    assert.equal(heads.length, 2, 'tables of words');
    assert.match(linesOf({ ...word, group: { first: 7, last: 7 } })[0] ?? '', /12, token 7 Show/);
    assert.ok(
      linksIn(written(word)).includes(
        commandAddress('headlight.revealToken', ['trace-1', 'source', 2]),
      ),
      'links count tokens',
    );
  });

  const likely = [
    { id: 3, label: 'dog', continues: null, probability: 0.5 },
    { id: 4, label: 'cat', continues: null, probability: 0.25 },
  ];

  it('tells what was expected after the token, with what really follows', () => {
    const expecting = (actual: (typeof likely)[number] | null): string[] => {
      const lines = linesOf({
        ...facts,
        expected: { kind: 'next', candidates: likely.slice(0, 1), actual },
      });
      return lines.slice(lines.indexOf('What the model expects after “it”') + 3);
    };
    assert.deepEqual(expecting(likely[1] ?? null).slice(0, 2), [
      '| dog | 0.5000 of 1 | 0.5000 |',
      '| **cat** | 0.2500 of 1 | **0.2500** |',
    ]);
    assert.equal(expecting(likely[0] ?? null)[0], '| **dog** | 0.5000 of 1 | **0.5000** |');
    assert.match(expecting(null)[1] ?? '', /^Positional encoding/);
  });

  it('marks a piece that goes on a word', () => {
    const candidates = [{ id: 5, label: 'ing', continues: true, probability: 0.5 }];
    const expected = { kind: 'next', candidates, actual: null } as const;
    assert.ok(linesOf({ ...facts, expected }).includes('| ·ing | 0.5000 of 1 | 0.5000 |'));
  });

  it('tells what may stand in place of a mask', () => {
    const lines = linesOf({
      ...facts,
      token: token('<mask>', true),
      expected: { kind: 'mask', candidates: likely, actual: null },
    });
    const at = lines.indexOf('What the model would put in place of “<mask>”');
    assert.equal(lines[at + 4], '| cat | 0.2500 of 1 | 0.2500 |');
  });

  it('tells what the model says of the token, names of labels as plain text', () => {
    const said = (
      what: HoverFacts['said'][number]['what'],
      group = { first: 5, last: 5 },
    ): string[] => linesOf({ ...facts, group, said: [{ position: 5, what, probability: 0.5 }] });
    const label = { kind: 'label', label: 'B-<b>PER</b>' } as const;
    assert.ok(said(label).includes('Label: B-<b>PER</b>, probability 0.5000'));
    assert.ok(
      said(label, { first: 5, last: 6 }).includes(
        'Token 5: Label: B-<b>PER</b>, probability 0.5000',
      ),
    );
    assert.ok(said({ kind: 'start' }).includes('The answer begins here: probability 0.5000'));
    assert.ok(said({ kind: 'end' }).includes('The answer ends here: probability 0.5000'));
    assert.ok(said({ kind: 'replaced' }).includes('Replaced by the generator: probability 0.5000'));
    assert.doesNotMatch(
      written({ ...facts, said: [{ position: 5, what: label, probability: 0.5 }] }),
      /<b>/,
    );
  });

  it('measures a learned position against its own largest number', () => {
    const values = Float32Array.of(0.25, -0.5, 0.125);
    const lines = linesOf({ ...facts, encoding: { kind: 'learned', values } });
    assert.ok(
      lines.includes('Positional encoding: 3 dim., −0.50 purple to 0.50 green'),
      lines.join('\n'),
    );
  });
});
