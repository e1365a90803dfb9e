// What there is to know of a model whose makers wrote nothing about it.
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/host/testApi';
import { CARD_SCHEME } from '../../src/host/models/modelCards';
import { headlight, startOver, until } from './headlight';
import { readWith, tinyBert, tinyGpt2 } from './tinyModels';

describe('the card of a model without README', () => {
  let api: TestApi;
  before(async () => (api = await headlight()));
  afterEach(async () => {
    await readWith(null);
    await startOver(api);
  });

  /** Shows the card of a folder's model. Its text, once it is on screen. */
  async function cardOf(folder: string): Promise<string> {
    await readWith(folder);
    const opened = new Promise<vscode.TextDocument>((resolve) => {
      const listening = vscode.workspace.onDidOpenTextDocument((document) => {
        if (document.uri.scheme !== CARD_SCHEME || document.uri.query !== folder) return;
        listening.dispose();
        resolve(document);
      });
    });
    await vscode.commands.executeCommand('headlight.openModelCard');
    const card = await opened;
    const isCard = ({ label }: vscode.Tab): boolean => label.includes(path.basename(folder));
    await until(() => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isCard)));
    return card.getText();
  }

  it('says what its files do, of an encoder', async () => {
    const card = await cardOf(await tinyBert());
    for (const line of [
      '# bert',
      '| Family | bert |',
      '| Class | BertForMaskedLM |',
      '| Architecture | encoder |',
      '| Task | fills in masked tokens |',
      '| Layers | 3 |',
      '| Heads | 4 |',
      '| Width (d_model) | 48 |',
      '| Vocabulary | 97 |',
      '| Longest text in tokens | 40 |',
      '| Layer norms | after each sub-layer |',
      '| Mask | &#91;MASK&#93; |',
    ])
      assert.ok(card.split('\n').includes(line), `${line}\n${card}`);
  });

  it('says what its files do, of a decoder', async () => {
    const card = await cardOf(await tinyGpt2());
    for (const line of [
      '| Family | gpt2 |',
      '| Architecture | decoder |',
      '| Layer norms | before each sub-layer |',
    ])
      assert.ok(card.split('\n').includes(line), `${line}\n${card}`);
  });
});
