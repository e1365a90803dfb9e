// The “it” tour: a document of its own, and sentences shown and compared at the page's word.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { pairOf, tourStops } from '../../src/protocol/studies/tourSentences';
import type { TestApi } from '../../src/host/testApi';
import { headlight, isOver, startOver } from './headlight';

const [TIRED, WIDE] = pairOf(tourStops[0]!).sentences;

describe('the “it” tour', () => {
  let api: TestApi;
  before(async () => {
    api = await headlight();
  });
  afterEach(async () => {
    // Its document is unsaved: closing it would ask.
    for (const editor of vscode.window.visibleTextEditors)
      if (editor.document.isUntitled) {
        await vscode.window.showTextDocument(editor.document);
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      }
    await startOver(api);
  });

  const tourDocuments = () =>
    vscode.workspace.textDocuments.filter(
      (document) => document.isUntitled && document.getText().includes(TIRED),
    );
  const shown = (text: string) =>
    api.waitFor((one) => one.subject.text === text && isOver(one) && one.link === 'linked');

  it('opens its sentences, inspects the first, and shows its view', async () => {
    await vscode.commands.executeCommand('headlight.startTour');
    const { navigation, snapshot } = await shown(TIRED);
    assert.equal(snapshot.outcome, 'complete', JSON.stringify(snapshot.failure));
    assert.equal(navigation.view, 'tour');
    const [document, ...others] = tourDocuments();
    assert.equal(others.length, 0);
    for (const stop of tourStops)
      for (const sentence of pairOf(stop).sentences)
        assert.ok(document?.getText().includes(`${sentence}\n`), sentence);
  });

  it('shows a sentence where the page says, and adds one it does not have', async () => {
    await vscode.commands.executeCommand('headlight.startTour');
    await shown(TIRED);
    const change = { stack: 'encoder', layer: 2, head: 3, view: 'tour' } as const;
    await api.panel.receive({ type: 'inspect', sight: { text: WIDE, change }, pinned: null });
    const { navigation } = await shown(WIDE);
    assert.deepEqual([navigation.layer, navigation.head], [2, 3]);
    const own = 'The cat saw the road because it was near.';
    await api.panel.receive({ type: 'inspect', sight: { text: own, change }, pinned: null });
    await shown(own);
    const [document] = tourDocuments();
    assert.ok(document?.getText().endsWith(`${own}\n`));
    // The same sentence is not run twice.
    const { trace } = (await shown(own)).snapshot;
    await api.panel.receive({ type: 'inspect', sight: { text: TIRED, change }, pinned: null });
    await shown(TIRED);
    await api.panel.receive({ type: 'inspect', sight: { text: own, change }, pinned: null });
    assert.equal((await shown(own)).snapshot.trace, trace);
  });

  it('pins one sentence and shows the other beside it', async () => {
    await vscode.commands.executeCommand('headlight.startTour');
    await shown(TIRED);
    const change = { stack: 'encoder', layer: 2, head: 3 } as const;
    await api.panel.receive({
      type: 'inspect',
      sight: { text: WIDE, change: { ...change, view: 'compare' } },
      pinned: { text: TIRED, change },
    });
    const { navigation } = await shown(WIDE);
    assert.equal(navigation.view, 'compare');
    const { pinned } = api.reader.state;
    assert.equal(pinned?.snapshot.plan?.text, TIRED);
    assert.equal(pinned.snapshot.outcome, 'complete');
    assert.deepEqual([pinned.navigation.layer, pinned.navigation.head], [2, 3]);
  });
});
