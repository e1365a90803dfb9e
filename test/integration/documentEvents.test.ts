// What VS Code does to documents beside editing them, and what must not come of it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/host/testApi';
import { ANIMAL } from './sentences';
import {
  chosenLabel,
  headlight,
  inspectWords,
  isOver,
  next,
  openText,
  placeCursor,
  startOver,
} from './headlight';

const WIDE = ANIMAL.replace('tired', 'wide');

describe('inspected documents, when VS Code', () => {
  let api: TestApi;
  before(async () => (api = await headlight()));
  afterEach(() => startOver(api));

  it('takes them for another language: they stay open, and inspected', async () => {
    const editor = await openText(ANIMAL);
    const { key } = await inspectWords(api, editor, ANIMAL);
    api.panel.close();
    // VS Code tells of a document that is closed and one that is opened.
    const closed = new Promise<void>((resolve) => {
      const listener = vscode.workspace.onDidCloseTextDocument(() => {
        listener.dispose();
        resolve();
      });
    });
    await vscode.languages.setTextDocumentLanguage(editor.document, 'markdown');
    await closed;
    assert.equal(api.inspections.get(key)?.link, 'linked');
  });

  it('shows them in one more tab: what is pinned takes no place from what is read', async () => {
    const editor = await openText(ANIMAL);
    const { key: pinned } = await inspectWords(api, editor, ANIMAL);
    api.reader.pinHere();
    await vscode.commands.executeCommand('headlight.inspectAgain');
    const { key } = await api.waitFor((now) => now.key !== pinned && isOver(now));
    const opened = new Promise<void>((resolve) => {
      const listener = vscode.window.tabGroups.onDidChangeTabs((event) => {
        if (event.opened.length === 0) return;
        listener.dispose();
        resolve();
      });
    });
    await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.Three);
    await opened;
    assert.deepEqual(
      [pinned, key].map((one) => api.inspections.get(one)?.link),
      ['lost', 'linked'],
    );
  });

  it('has the cursor in another one: it leads nobody away from where he went back to', async () => {
    const one = await openText(ANIMAL);
    const first = await inspectWords(api, one, ANIMAL);
    const two = await openText(WIDE);
    await inspectWords(api, two, WIDE);
    placeCursor(two, 'animal');
    await api.waitFor((now) => chosenLabel(now) === 'animal');
    api.inspections.drop(first.key);
    api.reader.navigate({ head: 1 });
    const shown: string[] = [];
    const listener = api.inspections.shown.on(({ subject: { text } }) => shown.push(text));
    api.reader.go('back');
    api.reader.go('back');
    await api.waitFor(isOver);
    listener.dispose();
    assert.deepEqual([api.current()?.subject.text, shown], [ANIMAL, [ANIMAL]]);
  });

  it('follows a link to a file of another machine: its text is shown, nothing is reached for', async () => {
    const editor = await openText(ANIMAL);
    await inspectWords(api, editor, ANIMAL);
    const link = vscode.Uri.parse(
      await vscode.commands
        .executeCommand('headlight.copyLink')
        .then(() => vscode.env.clipboard.readText()),
    );
    const coded = link.query.slice('v='.length);
    const view = JSON.parse(Buffer.from(coded, 'base64url').toString('utf8')) as object;
    for (const uri of ['file://elsewhere/share/a.txt', 'vscode-vfs://github/a/b.txt']) {
      const made = { ...view, place: { uri, line: 0, character: 0 } };
      const query = `v=${Buffer.from(JSON.stringify(made)).toString('base64url')}`;
      await api.openLink(link.with({ query }).toString());
      const { snapshot, link: there } = await api.waitFor(isOver);
      assert.deepEqual([snapshot.outcome, there], ['complete', 'lost']);
      const notice = next(api.toPage, ({ type }) => type === 'notice');
      void api.panel.receive({ type: 'ready' });
      await api.panel.receive({ type: 'reveal', trace: snapshot.trace, span: [0, 3] });
      assert.match(JSON.stringify(await notice), /reveal\.changed/);
    }
  });
});
