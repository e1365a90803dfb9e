// package.json and its two languages.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { failureMessages } from '../../src/failure/messages';
import { sourcesIn } from '../architecture/sources';

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const wordsSchema = v.record(v.string(), v.string());
const commandSchema = v.looseObject({ command: v.string(), title: v.string() });
const manifestSchema = v.looseObject({
  version: v.string(),
  displayName: v.string(),
  icon: v.string(),
  engines: v.object({ vscode: v.string(), node: v.string() }),
  devDependencies: v.record(v.string(), v.string()),
  capabilities: v.looseObject({
    untrustedWorkspaces: v.looseObject({
      supported: v.string(),
      restrictedConfigurations: v.array(v.string()),
    }),
  }),
  l10n: v.string(),
  contributes: v.looseObject({
    commands: v.array(commandSchema),
    menus: v.record(v.string(), v.array(v.looseObject({ command: v.string() }))),
    keybindings: v.array(v.looseObject({ command: v.string(), key: v.string() })),
    configuration: v.looseObject({ properties: v.record(v.string(), v.unknown()) }),
  }),
});

/** Keys under which VS Code shows a string to people. */
const SHOWN = new Set([
  ...[
    'title',
    'shortTitle',
    'category',
    'description',
    'markdownDescription',
    'deprecationMessage',
  ],
  ...[
    'enumDescriptions',
    'markdownEnumDescriptions',
    'enumItemLabels',
    'label',
    'contents',
    'name',
  ],
]);

/** Every shown string below a value, with its path. */
function shownStrings(value: unknown, path: string, shown: boolean): [string, string][] {
  if (typeof value === 'string') return shown ? [[path, value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    shownStrings(inner, `${path}.${key}`, Array.isArray(value) ? shown : SHOWN.has(key)),
  );
}

const manifest = v.parse(manifestSchema, readJson('package.json'));
const english = v.parse(wordsSchema, readJson('package.nls.json'));
const chinese = v.parse(wordsSchema, readJson('package.nls.zh-cn.json'));
const commands = manifest.contributes.commands.map(({ command }) => command);

describe('manifest', () => {
  it("every string that VS Code shows is a %key%, or the product's name", () => {
    const plain = shownStrings(manifest.contributes, 'contributes', false).filter(
      ([, text]) => !/^%[\w.-]+%$/.test(text) && text !== manifest.displayName,
    );
    assert.deepEqual(plain, []);
  });

  it('every %key% has words in both languages, and no words are left over', () => {
    const text = readFileSync('package.json', 'utf8');
    const keys = [...text.matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key ?? '');
    assert.ok(keys.length > 0);
    const wanted = [...new Set(keys)].sort();
    assert.deepEqual(Object.keys(english).sort(), wanted);
    assert.deepEqual(Object.keys(chinese).sort(), wanted);
  });

  it('the Chinese words are Chinese', () => {
    const latin = Object.entries(chinese).filter(([, words]) => !/\p{Script=Han}/u.test(words));
    assert.deepEqual(
      latin.filter(([key, words]) => english[key] !== words),
      [],
    );
  });

  it('menus and keybindings name declared commands', () => {
    const named = [
      ...Object.values(manifest.contributes.menus).flat(),
      ...manifest.contributes.keybindings,
    ].map(({ command }) => command);
    assert.ok(named.includes('headlight.inspectSelection'));
    assert.deepEqual(
      named.filter((command) => !commands.includes(command)),
      [],
    );
  });

  it('every declared command is registered by the host', () => {
    const host = sourcesIn('src/host')
      .map(({ code }) => code)
      .join('\n');
    assert.deepEqual(
      commands.filter((command) => !host.includes(`'${command}'`)),
      [],
    );
  });

  it('every setting is read by the host, and every setting that words mention is declared', () => {
    const declared = Object.keys(manifest.contributes.configuration.properties);
    const host = sourcesIn('src/host')
      .map(({ code }) => code)
      .join('\n');
    const unread = declared.filter((name) => !host.includes(`'${name.replace('headlight.', '')}'`));
    assert.deepEqual(unread, []);
    const words = [...Object.values(failureMessages), ...Object.values(english)].join('\n');
    const mentioned = [...words.matchAll(/“(headlight\.[\w.]+)”/g)].map(([, name]) => name ?? '');
    assert.deepEqual(
      mentioned.filter((name) => !declared.includes(name)),
      [],
    );
  });

  it('works in an untrusted folder, whose settings choose no files', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    // VS Code heeds the list of an extension that is “limited” only.
    assert.equal(supported, 'limited');
    assert.deepEqual(restrictedConfigurations, [
      'headlight.defaultModel',
      'headlight.modelFolders',
    ]);
  });

  it('is compiled against the oldest VS Code it admits', () => {
    const { vscode } = manifest.engines;
    assert.equal(vscode, `^${manifest.devDependencies['@types/vscode']}`);
  });

  it('names files that exist', () => {
    for (const file of [manifest.icon, 'LICENSE', 'NOTICE', 'README.md', 'CHANGELOG.md'])
      assert.ok(existsSync(file), `${file} is missing`);
  });

  it('the changelog knows the version', () => {
    assert.ok(readFileSync('CHANGELOG.md', 'utf8').includes(`## ${manifest.version}`));
  });
});
