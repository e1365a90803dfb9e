// Every string a person reads exists in Simplified Chinese, with the same places.
import assert from 'node:assert/strict';
import { failureMessages } from '../../src/failure/messages';
import { sourcesIn } from '../architecture/sources';
import { LANGUAGE, placesOf, templatesIn, translations } from './translations';

const entries = translations(LANGUAGE);
const translated = new Map(entries);
const sources = [...sourcesIn('src'), ...sourcesIn('webview')];
const used = new Map([
  ...Object.values(failureMessages).map((template): [string, string] => [
    template,
    'src/failure/messages.ts',
  ]),
  ...sources.flatMap(({ file, code }) =>
    templatesIn(code).map((template): [string, string] => [template, file]),
  ),
]);

describe('translations', () => {
  it('finds the templates in a source', () => {
    const code = "t('It\\'s {name}', { name }); vscode.l10n.t(\n 'Two'); split('Not'); t(variable)";
    assert.deepEqual(templatesIn(code), ["It's {name}", 'Two']);
  });

  it('sees that the product speaks', () => {
    for (const room of ['src/host/', 'webview/', 'src/cli/'])
      assert.ok(
        [...used.values()].some((file) => file.startsWith(room)),
        `no template found in ${room}`,
      );
  });

  it(`every template has a translation (${LANGUAGE})`, () => {
    const missing = [...used].filter(([template]) => !translated.has(template));
    assert.deepEqual(missing, []);
  });

  it('rooms that share a template translate it alike', () => {
    const different = entries.filter(
      ([template, translation]) => translated.get(template) !== translation,
    );
    assert.deepEqual(different, []);
  });

  it('every translation fills the same places', () => {
    const different = [...translated].filter(
      ([template, translation]) => placesOf(template).join() !== placesOf(translation).join(),
    );
    assert.deepEqual(different, []);
  });

  it('no translation is left over', () => {
    // Templates may also reach `t` through a variable: then they are literals somewhere.
    const text = sources.map(({ text: source }) => source.replaceAll("\\'", "'")).join('\n');
    const unused = [...translated.keys()].filter(
      (template) => !used.has(template) && !text.includes(template),
    );
    assert.deepEqual(unused, []);
  });

  it('every translation is in Chinese', () => {
    const words = (template: string): boolean =>
      /[A-Za-z]/.test(template.replaceAll(/\{\w+\}/g, ''));
    const latin = entries.filter(
      ([template, translation]) => words(template) && !/\p{Script=Han}/u.test(translation),
    );
    // Names and formats stay as they are.
    assert.deepEqual(
      latin.filter(([template, translation]) => template !== translation),
      [],
    );
  });
});
