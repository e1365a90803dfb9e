import assert from 'node:assert/strict';
import { toggleWords } from '../../../src/host/commands/toggleWords';
import { hoverActions } from '../../../src/host/commands/hoverActions';
import { Failure } from '../../../src/failure/failure';
import { translator } from '../../../src/language/translate';
import { readingTexts } from './readingTexts';

const t = translator({});

describe('tokens and words', () => {
  it('are switched for every text of the model, with a word about it', () => {
    const { inspections, reader, inspect } = readingTexts();
    inspect('First');
    reader.choose({ side: 'source', index: 5 }, true);
    inspect('Second');
    reader.choose({ side: 'source', index: 3 }, true);
    const said: string[] = [];
    const toggle = (): void => toggleWords(inspections, reader, (words) => said.push(words), t);
    const chosen = (): unknown =>
      inspections.all().map(({ navigation: { unit, token } }) => [unit, token?.index]);
    toggle();
    // “believ” becomes “unbelievable”, and in the other text “cat” becomes “cat”.
    assert.deepEqual(chosen(), [
      ['word', 3],
      ['word', 2],
    ]);
    toggle();
    assert.deepEqual(chosen(), [
      ['token', 5],
      ['token', 2],
    ]);
    assert.deepEqual(said, ['Headlight: words instead of tokens.', 'Headlight: tokens.']);
  });

  it('are a step of the way back', () => {
    const { reader, inspect } = readingTexts();
    inspect('First');
    reader.navigate({ layer: 0, head: 1 });
    reader.navigate({ unit: 'word' });
    const stands = (): unknown => [reader.state.navigation.head, reader.state.navigation.unit];
    reader.go('back');
    assert.deepEqual(stands(), [1, 'token']);
    reader.go('forward');
    assert.deepEqual(stands(), [1, 'word']);
  });

  it('are not there without a text', () => {
    const { inspections, reader } = readingTexts();
    assert.throws(
      () => toggleWords(inspections, reader, () => undefined, t),
      (thrown) => thrown instanceof Failure && thrown.code === 'trace.gone',
    );
  });

  it('a hover names tokens: its links lead to the word that a token is part of', async () => {
    const { inspections, reader, inspect } = readingTexts();
    const trace = inspect('First');
    const actions = hoverActions(
      inspections,
      reader,
      () => undefined,
      () => undefined,
    );
    await actions['headlight.showHead']?.(trace, 'encoder', 0, 1, 'source', 4);
    assert.deepEqual(reader.state.navigation.token, { side: 'source', index: 4, locked: true });
    reader.navigate({ unit: 'word' });
    await actions['headlight.revealToken']?.(trace, 'source', 5);
    assert.deepEqual(reader.state.navigation.token, { side: 'source', index: 3, locked: true });
  });
});
