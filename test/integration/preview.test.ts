// Whether an approximate preview is what it says: there first, marked, and gone when the exact numbers are.
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/host/testApi';
import { numbersOf } from '../../src/protocol/wireTensor';
import { writeCheckpoint } from '../bench/randomCheckpoint';
import type { Shape } from '../bench/shapes';
import { wordsOf, writeTokenizer } from '../bench/writeTokenizer';
import {
  headlight,
  inspectSelection,
  inspectWords,
  isOver,
  looseTensors,
  openText,
  root,
  select,
  startOver,
} from './headlight';
import { readWith } from './tinyModels';

/** Just large enough that a preview of the text is worth its trouble (see `previewPlan`). */
const SHAPE: Shape = {
  name: 'previewed',
  title: 'GPT-2, 6 × 384',
  family: 'gpt2',
  layers: 6,
  width: 384,
  heads: 6,
  feedForward: 1536,
  vocabulary: 512,
};
const TOKENS = 256;

const settings = (): vscode.WorkspaceConfiguration =>
  vscode.workspace.getConfiguration('headlight');
const choose = (choice: 'int8' | undefined): Thenable<void> =>
  settings().update('preview', choice, vscode.ConfigurationTarget.Global);

describe('an 8-bit preview', () => {
  let api: TestApi;
  before(async () => {
    api = await headlight();
    const folder = await writeCheckpoint(path.join(root, 'out', 'fixtures'), SHAPE);
    await writeTokenizer(folder, SHAPE.vocabulary);
    await readWith(folder);
  });
  after(async () => {
    await choose(undefined);
    await readWith(null);
  });
  afterEach(() => startOver(api));

  it('comes first and marked; the exact numbers take its place, as if there had been none', async () => {
    const words = wordsOf(SHAPE.vocabulary);
    const text = Array.from({ length: TOKENS }, (_, i) => words[i % words.length]!).join(' ');
    const editor = await openText(text);
    const row = async (): Promise<{ approximate: boolean; weights: Float32Array }> => {
      const now = await api.waitFor(({ navigation }) => navigation.token !== null);
      const facts = await api.rows.rowOf(now);
      assert.ok(facts !== null);
      return { approximate: facts.row.approximate, weights: numbersOf(facts.row.weights) };
    };

    await choose('int8');
    select(editor, text);
    await inspectSelection();
    const early = await api.waitFor(
      ({ snapshot }) => snapshot.previewed?.approximate.length === SHAPE.layers,
    );
    assert.deepEqual(early.snapshot.plan?.preview, { kind: 'int8' });
    assert.equal(early.snapshot.layers.length, 0, 'nothing is exact yet');
    const preview = await row();
    const { snapshot } = await api.waitFor(isOver);
    assert.equal(snapshot.outcome, 'complete', JSON.stringify(snapshot.failure));
    assert.deepEqual(snapshot.previewed?.approximate, []);
    assert.equal(snapshot.previewed.errors.length, SHAPE.layers);
    const exact = await row();
    assert.ok(!exact.approximate);
    const off = Math.max(
      ...exact.weights.map((weight, i) => Math.abs(weight - preview.weights[i]!)),
    );
    const largest = Math.max(...snapshot.previewed.errors.map((error) => error.largest));
    console.log(
      `    first row off by ${off.toExponential(1)}, all by at most ${largest.toExponential(1)}`,
    );
    assert.ok(preview.approximate ? off > 0 && off <= largest : off === 0);
    assert.equal(await looseTensors(api), 0);

    await choose(undefined);
    await startOver(api);
    await inspectWords(api, await openText(text), text);
    assert.deepEqual(await row(), exact);
  });
});
