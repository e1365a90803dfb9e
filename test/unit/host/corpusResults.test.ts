import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import { translator } from '../../../src/language/translate';
import { plainWriting } from '../../../src/protocol/writing';
import { beamSearch, suitedTokenization } from '../../../src/host/corpus/corpusPlan';
import { corpusReport } from '../../../src/host/corpus/corpusReport';
import type { CorpusResult, ScoredSentence } from '../../../src/host/corpus/corpusResult';
import {
  CorpusResults,
  KEPT_CHARACTERS,
  KEPT_SENTENCES,
  MAX_RESULTS,
} from '../../../src/host/corpus/corpusResults';
import { progressWords } from '../../../src/host/corpus/progressWords';
import { childrenOf, idOfNode, SENTENCES_AT_ONCE } from '../../../src/host/corpus/scoreNodes';
import { resultTooltip, resultWords, signatureLines } from '../../../src/host/corpus/scoreWords';
import { worstFirst } from '../../../src/host/corpus/worstSentences';
import { FakeMemento } from './fakeMemento';

const t = translator({});

/** Its BLEU rises with its line, its chrF falls. */
const sentence = (line: number, source = `source ${line}`): ScoredSentence => ({
  ...{ line, source, reference: 'reference', hypothesis: 'output', ended: true, failure: null },
  meanLogProbability: Math.log((line + 1) / 1000),
  score: { bleu: line / 10, chrf: 100 - line / 10 },
});

const result = (id: string, count: number, change: Partial<CorpusResult> = {}): CorpusResult => ({
  ...{ id, source: `file:///${id}`, name: id, references: null, model: '/models/translate-en' },
  ...{ language: 'fra', writing: plainWriting, output: `file:///${id}.txt`, report: null },
  ...{ stopped: null, total: count, done: count, failed: 0, seconds: 1.5 },
  figures: {
    ...{ bleu: 31.2449, signature: 'nrefs:1|tok:13a', precisions: [60, 40, 30, 20] },
    ...{ brevityPenalty: 0.98, hypothesisLength: 98, referenceLength: 100 },
    ...{ chrf: 55.101, chrfSignature: 'nrefs:1|nc:6', sentences: count },
  },
  sentences: Array.from({ length: count }, (_, line) => sentence(line)),
  ...change,
});

describe('results of translating files', () => {
  it('outlive a reload with their figures and the worst sentences by every measure', async () => {
    const memento = new FakeMemento();
    const before = new CorpusResults(memento);
    await before.add(result('a', 400));
    const [after] = new CorpusResults(memento).all();
    assert.deepEqual({ ...after, sentences: [] }, { ...result('a', 400), sentences: [] });
    for (const measure of ['bleu', 'chrf', 'probability'] as const) {
      const worst = worstFirst(before.of('a')?.sentences ?? [], measure).slice(0, KEPT_SENTENCES);
      assert.deepEqual(worstFirst(after?.sentences ?? [], measure).slice(0, KEPT_SENTENCES), worst);
    }
    assert.ok((after?.sentences.length ?? 400) <= 3 * KEPT_SENTENCES);
  });

  it('take no more room than they may, the newest first', async () => {
    const memento = new FakeMemento();
    const results = new CorpusResults(memento);
    const long = [sentence(0, 'x'.repeat(KEPT_CHARACTERS * 0.6))];
    for (let i = 0; i <= MAX_RESULTS; i++)
      await results.add(result(`r${i}`, 1, { sentences: long }));
    const kept = new CorpusResults(memento).all();
    assert.deepEqual([kept.length, kept[0]?.id], [MAX_RESULTS, `r${MAX_RESULTS}`]);
    assert.deepEqual(kept.map((one) => one.sentences.length).slice(0, 3), [1, 0, 0]);
    await results.remove('r5');
    assert.equal(results.of('r5'), null);
  });

  it('are none where an older Headlight kept something else', async () => {
    const memento = new FakeMemento();
    await memento.update('headlight.scores', [{ id: 'old' }]);
    assert.deepEqual(new CorpusResults(memento).all(), []);
  });
});

describe('the list of results', () => {
  it('has the worst sentences first, more on demand, and says what a reload has left out', () => {
    const node = { kind: 'result', result: result('a', 120) } as const;
    const [worst] = childrenOf(node, 'chrf', () => SENTENCES_AT_ONCE);
    assert.ok(worst?.kind === 'worst');
    const shown = childrenOf(worst, 'chrf', () => SENTENCES_AT_ONCE);
    assert.equal(shown.length, SENTENCES_AT_ONCE + 1);
    assert.ok(shown[0]?.kind === 'sentence' && shown[0].sentence.line === 119);
    assert.deepEqual(shown.at(-1), { kind: 'more', parent: worst, left: 70 });
    assert.equal(new Set(shown.map(idOfNode)).size, shown.length);
    const cut = { ...result('a', 120), sentences: [sentence(7)] };
    const parent = { ...worst, parent: { kind: 'result', result: cut } } as const;
    const rest = childrenOf(parent, 'chrf', () => SENTENCES_AT_ONCE);
    assert.deepEqual(
      rest.map(({ kind }) => kind),
      ['sentence', 'rest'],
    );
  });

  it('asks how certain the model was where there are no references; what failed comes first', () => {
    const failed = { ...sentence(5), failure: new Failure('text.empty').toWire() };
    const sentences = [sentence(1), failed, sentence(0)];
    const node = { kind: 'result', result: result('a', 3, { figures: null, sentences }) } as const;
    const [worst] = childrenOf(node, 'bleu', () => 50);
    assert.ok(worst?.kind === 'worst');
    assert.equal(worst.measure, 'probability');
    const lines = childrenOf(worst, 'bleu', () => 50).map(
      (one) => one.kind === 'sentence' && one.sentence.line,
    );
    assert.deepEqual(lines, [5, 0, 1]);
  });
});

describe('results in words', () => {
  const stopped = new Failure('run.cancelled').toWire();
  const partial = result('test.tsv', 37, { stopped, total: 500, failed: 2 });

  it('say figures to two decimals, and of a part that it is one', () => {
    const figures = 'BLEU 31.24 · chrF 55.10 · French · translate-en';
    assert.equal(resultWords(result('a', 500), 'en', t), figures);
    assert.equal(resultWords(partial, 'en', t), `partial, 37 of 500 sentences · ${figures}`);
    const tooltip = resultTooltip(partial, 'en', t);
    for (const words of ['nrefs:1|tok:13a', '60.00 / 40.00', '0.9800', '1.5 s', 'greedy', '2 not'])
      assert.ok(tooltip.includes(words), `${words} in\n${tooltip}`);
  });

  it('are lines for a paper', () => {
    const { figures } = partial;
    assert.ok(figures);
    const lines = 'BLEU|nrefs:1|tok:13a = 31.24\nchrF2|nrefs:1|nc:6 = 55.10\n';
    assert.equal(signatureLines(figures), lines);
  });

  it('are a report that programs read', () => {
    const report = JSON.parse(corpusReport(partial, 'out.txt', t)) as Record<string, unknown>;
    const { complete, bleu, done, sentences, output, search } = report;
    assert.deepEqual(
      { complete, bleu, done, sentences, output, search },
      {
        ...{ complete: false, bleu: 31.2449, done: 37, sentences: 500, output: 'out.txt' },
        search: { kind: 'greedy' },
      },
    );
  });

  it('tell how far a run is, and the time left by the characters left', () => {
    const pace = { sentences: 37, allSentences: 500, characters: 1000, allCharacters: 9000 };
    const words = (milliseconds: number, bleu: number | null): string =>
      progressWords({ ...pace, milliseconds, bleu }, t);
    assert.equal(words(30_000, 31.26), '37 of 500 · 4 min left · BLEU 31.3');
    assert.equal(words(1_000, null), '37 of 500 · 8 s left');
    assert.equal(words(1_800_000, null), '37 of 500 · 4 h 0 min left');
    const first = { ...pace, sentences: 2, milliseconds: 5, bleu: null };
    assert.equal(progressWords(first, t), '2 of 500');
  });
});

describe('what a run is offered', () => {
  it('counts words as suits the references', () => {
    assert.equal(suitedTokenization(['我们在 Paris 见面。']), 'zh');
    assert.equal(suitedTokenization(['Le nom 北京 est cité.', '42']), '13a');
    assert.equal(suitedTokenization(['', '42']), '13a');
  });

  it('searches as the checkpoint does where that is with beams', () => {
    const own = { kind: 'beam', beams: 6, lengthPenalty: 0.6, earlyStopping: true } as const;
    assert.equal(beamSearch(own), own);
    const { kind, beams } = { beams: 0, ...beamSearch({ kind: 'greedy' }) };
    assert.deepEqual([kind, beams], ['beam', 4]);
  });
});
