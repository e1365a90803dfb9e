import assert from 'node:assert/strict';
import { recalledSubject } from '../../../src/host/inspection/recalledSubject';
import type { StoredInspection } from '../../../src/host/inspection/storedInspection';
import { Models } from '../../../src/host/models/models';
import { initialNavigation } from '../../../src/protocol/navigation';
import { plainWriting } from '../../../src/protocol/writing';

const builtIn = { folder: '/extension/model', trainedTokens: 64, language: 'fra' };
const stored = (model: string, language: string | null): StoredInspection => ({
  text: 'One',
  language,
  writing: null,
  origin: 'a.txt:1',
  place: null,
  pair: null,
  model,
  navigation: initialNavigation,
  following: false,
});
const language = { for: (model: { readonly language: string | null }) => model.language };

describe('a text after a reload', () => {
  it('is read by the model and in the language it was read before', () => {
    const models = new Models(
      builtIn,
      () => null,
      () => ['/mine'],
    );
    const mine = recalledSubject(stored('/mine', null), models, language);
    assert.deepEqual([mine.model.folder, mine.language], ['/mine', null]);
    const own = recalledSubject(stored(builtIn.folder, 'cmn'), models, language);
    assert.deepEqual([own.model, own.language, own.text], [builtIn, 'cmn', 'One']);
  });

  it('is read by the chosen model when that one is not there any more', () => {
    const models = new Models(builtIn, () => null);
    const { model, language: tag } = recalledSubject(stored('/gone', 'xyz'), models, language);
    assert.deepEqual([model, tag], [builtIn, 'fra']);
  });

  it('is written on as it was, but by no other model', () => {
    const models = new Models(builtIn, () => null);
    for (const folder of [builtIn.folder, '/gone']) {
      const kept = { ...stored(folder, null), writing: plainWriting };
      const recalled = recalledSubject(kept, models, language);
      assert.deepEqual(recalled.writing, folder === '/gone' ? null : plainWriting);
    }
  });

  it('keeps the second text of a pair', () => {
    const models = new Models(builtIn, () => null);
    const pair = { text: 'Two', place: null };
    for (const folder of [builtIn.folder, '/gone']) {
      const recalled = recalledSubject({ ...stored(folder, null), pair }, models, language);
      assert.deepEqual(recalled.pair, pair);
    }
  });
});
