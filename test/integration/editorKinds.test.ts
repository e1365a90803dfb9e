import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/host/testApi';
import type { Token } from '../../src/protocol/trace';
import { ANIMAL } from './sentences';
import {
  chosenLabel,
  hasPlan,
  headlight,
  inspectSelection,
  inspectWords,
  isOver,
  openText,
  placeCursor,
  select,
  startOver,
} from './headlight';

/** A document nobody may write, as a diff's left side or a library's source. */
class ReadOnly implements vscode.TextDocumentContentProvider {
  provideTextDocumentContent(): string {
    return `Read only.\n${ANIMAL}\n`;
  }
}

const bare = (characters: string): string => characters.replaceAll(/[\r\n]/g, '');

describe('every kind of editor', () => {
  let api: TestApi;
  before(async () => (api = await headlight()));
  afterEach(() => startOver(api));

  async function follows(editor: vscode.TextEditor): Promise<void> {
    const { link } = await inspectWords(api, editor, ANIMAL);
    assert.equal(link, 'linked');
    placeCursor(editor, 'street');
    await api.waitFor((now) => chosenLabel(now) === 'street');
    const { subject } = api.current()!;
    assert.equal(subject.place?.uri, editor.document.uri.toString());
  }

  it('an untitled document', async () => {
    const document = await vscode.workspace.openTextDocument({ content: `Draft.\n${ANIMAL}` });
    await follows(await vscode.window.showTextDocument(document));
  });

  it('a read-only document', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider(
      'readonly-test',
      new ReadOnly(),
    );
    try {
      const uri = vscode.Uri.parse('readonly-test:/one.txt');
      await follows(await vscode.window.showTextDocument(uri));
    } finally {
      provider.dispose();
    }
  });

  it('a diff, on either side', async () => {
    const left = await openText(`Old.\n${ANIMAL}`);
    const right = await openText(`New.\n${ANIMAL}`);
    await vscode.commands.executeCommand('vscode.diff', left.document.uri, right.document.uri);
    for (const { document } of [right, left]) {
      const find = (): vscode.TextEditor | undefined =>
        vscode.window.visibleTextEditors.find((one) => one.document === document);
      const editor = find();
      assert.ok(editor, 'the diff shows no such side');
      if (document === right.document) {
        await follows(editor);
        continue;
      }
      await vscode.commands.executeCommand('workbench.action.compareEditor.focusSecondarySide');
      await follows(find() ?? editor);
    }
  });

  it('a notebook: each cell is a text of its own', async () => {
    const cell = (text: string): vscode.NotebookCellData =>
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'plaintext');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell('Other cell.'), cell(`Cell.\n${ANIMAL}`)]),
    );
    await vscode.window.showNotebookDocument(notebook, {
      selections: [new vscode.NotebookRange(1, 2)],
    });
    await vscode.commands.executeCommand('notebook.cell.edit');
    const { document } = notebook.cellAt(1);
    const editor = await new Promise<vscode.TextEditor>((resolve) => {
      const check = (): void => {
        const active = vscode.window.activeTextEditor;
        if (active?.document !== document) return;
        listener.dispose();
        resolve(active);
      };
      const listener = vscode.window.onDidChangeActiveTextEditor(check);
      check();
    });
    await follows(editor);
    assert.match(api.current()?.snapshot.origin ?? '', /, cell 2:2$/);
    assert.equal(api.links.documents().size, 1);
  });

  for (const [name, text] of [
    ['CRLF', 'The animal\r\ncrossed the street.\r\n\r\nIt was tired.'],
    ['emoji with joiners', 'A family 👨‍👩‍👧 and a flag 🏳️‍🌈 here 👍🏽.'],
    ['combining marks', 'Cafe\u0301 nai\u0308ve, e\u0323\u0302 and o\u0308.'],
    ['right-to-left text', 'He said שלום עולם and مرحبا بالعالم to us.'],
    ['Chinese', '动物没有穿过街道，因为它太累了。'],
  ] as const)
    it(`${name}: every token's range is exactly its characters`, async () => {
      const before = '前 🙂\r\n';
      const editor = await openText(`${before}${text}\r\nafter`);
      const { document } = editor;
      const start = document.offsetAt(document.positionAt(before.length));
      editor.selection = new vscode.Selection(
        document.positionAt(start),
        document.positionAt(start + text.length),
      );
      await inspectSelection();
      // What a translator makes of such a text is long and nonsense: the tokens are enough.
      const { snapshot, key } = await api.waitFor(hasPlan);
      const link = api.links.linkOf(key);
      assert.ok(snapshot.plan !== null && link !== null);
      let last = start;
      for (const [index, span] of link.spans.entries()) {
        const token: Token | undefined = snapshot.plan.source[index];
        assert.ok(token);
        const inText: readonly [number, number] | null = token.span;
        assert.equal(span === null, inText === null);
        if (span === null || inText === null) continue;
        const characters = document.getText(
          new vscode.Range(document.positionAt(span[0]), document.positionAt(span[1])),
        );
        // The very characters that the tokenizer was given, wherever they stand. A lone half of a
        // line break is no place in an editor.
        assert.equal(bare(characters), bare(text.slice(...inText)));
        assert.ok(span[0] >= last || characters.length <= 4, `${token.label} goes back`);
        assert.ok(!token.special);
        last = span[0];
      }
      const covered = link.spans.flatMap((span) => (span === null ? [] : [span]));
      assert.ok(covered.length > 0);
      // Nothing but white space lies between the tokens.
      let at = start;
      for (const [from, to] of covered) {
        if (from > at)
          assert.equal(
            document
              .getText(new vscode.Range(document.positionAt(at), document.positionAt(from)))
              .trim(),
            '',
          );
        at = Math.max(at, to);
      }
      assert.equal(text.slice(at - start).trim(), '');
    });

  it('a text may be selected in any direction and lies where it was selected', async () => {
    const editor = await openText(`x\n${ANIMAL}\n${ANIMAL}`);
    select(editor, ANIMAL);
    const { start, end } = editor.selection;
    editor.selection = new vscode.Selection(end.translate(1), start.translate(1));
    await inspectSelection();
    const { subject } = await api.waitFor(isOver);
    assert.equal(subject.place?.line, 2);
  });
});
