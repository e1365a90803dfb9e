import assert from 'node:assert/strict';
import { ChosenLanguage } from '../../../src/host/models/chosenLanguage';

/** A memento that counts its writes. */
function memento(initial?: unknown): {
  keys: () => string[];
  get: () => undefined;
  update: (key: string, value: unknown) => Promise<void>;
  writes: number;
} {
  let value = initial;
  return {
    writes: 0,
    keys: () => [],
    get: () => value as undefined,
    update(_, now) {
      this.writes++;
      value = now;
      return Promise.resolve();
    },
  };
}

const model = { folder: '/m', trainedTokens: null, language: 'fra' };

describe('ChosenLanguage', () => {
  it("is the model's own until the reader switches", () => {
    const language = new ChosenLanguage(memento());
    assert.equal(language.for(model), 'fra');
    language.remember('cmn');
    assert.equal(language.for(model), 'cmn');
  });

  it('is none for a model without a switch', () => {
    const language = new ChosenLanguage(memento('cmn'));
    assert.equal(language.for({ ...model, language: null }), null);
  });

  it('ignores what is no language, and writes only changes', () => {
    const store = memento(42);
    const language = new ChosenLanguage(store);
    assert.equal(language.for(model), 'fra');
    language.remember('fra');
    language.remember('fra');
    assert.equal(store.writes, 1);
  });
});
