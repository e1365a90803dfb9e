import assert from 'node:assert/strict';
import { translator } from '../../../src/language/translate';
import { beamSearch, type CorpusPlan } from '../../../src/host/corpus/corpusPlan';
import { formLines } from '../../../src/host/corpus/formLines';
import { model as summary } from './fakeEngine';

const t = translator({});
const greedy = { kind: 'greedy' } as const;
// Only its name is read here.
const named = (name: string) => ({ name }) as Exclude<CorpusPlan['references'], 'beside' | null>;
const plan: CorpusPlan = {
  source: named('test.en'),
  references: named('test.fr'),
  model: { folder: '/models/translate-en', trainedTokens: null, language: null },
  ...{ summary, language: 'fra', asked: greedy, search: greedy, tokenization: '13a' },
};
const lines = (change: Partial<CorpusPlan> = {}): Record<string, string> =>
  Object.fromEntries(
    formLines({ ...plan, ...change }, 'en', t).map(({ label, description }) => [
      label,
      description,
    ]),
  );

describe('what a reader settles before a file is translated', () => {
  it('is all there at a glance, to be started at once', () => {
    assert.deepEqual(Object.entries(lines()), [
      ['Translate and Score', 'test.en'],
      ['References', 'test.fr'],
      ['Model', 'translate-en'],
      ['Language', 'French'],
      ['Way of choosing tokens', 'greedy, as the checkpoint asks'],
      ['Words for BLEU', '13a: parted by spaces and punctuation'],
    ]);
  });

  it('leaves out what does not matter: a language where there is no switch, words where nothing is scored', () => {
    const oneLanguage = { ...summary, languages: [] };
    const search = beamSearch(greedy);
    const change = { references: null, summary: oneLanguage, language: null, search };
    assert.deepEqual(lines(change), {
      Translate: 'test.en',
      References: 'none: translate only',
      Model: 'translate-en',
      'Way of choosing tokens': 'beam search with 4 beams, length penalty 1',
    });
  });
});
