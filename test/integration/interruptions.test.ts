import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TraceEvent } from '../../src/protocol/engineMessages';
import type { TestApi } from '../../src/host/testApi';
import { textOf } from '../fixtures/randomMarian';
import { largeModel } from './largeModel';
import { FRENCH, ANIMAL } from './sentences';
import {
  builtInSubject,
  fromPage,
  hasLayers,
  headlight,
  isOver,
  looseTensors,
  next,
  openText,
  startOver,
  subjectFor,
  toPage,
} from './headlight';

const TOKENS = 256;
type Finished = Extract<TraceEvent, { type: 'finished' }>;

describe('interruptions', () => {
  let api: TestApi;
  let folder: string;
  before(async () => {
    api = await headlight();
    folder = await largeModel();
  });
  afterEach(() => startOver(api));

  /**
   * Layers computed when the engine heard the last message: it answers in order, so what it said
   * before this answer it had computed before. The host's own count lags behind on a busy machine.
   */
  async function layersWhenHeard(): Promise<number> {
    await api.memory();
    return api.current()?.snapshot.layers.length ?? 0;
  }

  const finishedRun = (trace: string): Promise<Finished> =>
    next(api.engineEvents, (event) => event.type === 'finished' && event.trace === trace);

  it('cancel from the page ends within one layer, tensors back to base', async () => {
    api.inspect(subjectFor(folder, textOf(TOKENS)));
    const { snapshot } = await api.waitFor(hasLayers(3));
    await fromPage(api, 'credit');
    await api.panel.receive({ type: 'cancel', trace: snapshot.trace });
    const at = await layersWhenHeard();
    const over = await api.waitFor(isOver);
    assert.equal(over.snapshot.outcome, 'cancelled');
    assert.equal(over.snapshot.failure?.code, 'run.cancelled');
    assert.ok(
      over.snapshot.layers.length <= at + 1,
      `${over.snapshot.layers.length} layers after ${at}`,
    );
    assert.equal(await looseTensors(api), 0);
  });

  it('cancel by command does the same', async () => {
    api.inspect(subjectFor(folder, textOf(TOKENS)));
    await api.waitFor(hasLayers(2));
    await vscode.commands.executeCommand('headlight.cancel');
    const at = await layersWhenHeard();
    const { snapshot } = await api.waitFor(isOver);
    assert.equal(snapshot.outcome, 'cancelled');
    assert.ok(snapshot.layers.length <= at + 1);
    assert.equal(await looseTensors(api), 0);
  });

  it('a new run while one is running takes the panel; the old one is freed', async () => {
    api.inspect(subjectFor(folder, textOf(TOKENS)));
    const { snapshot: old } = await api.waitFor(hasLayers(2));
    const oldEnd = finishedRun(old.trace);
    api.inspect(builtInSubject(api, ANIMAL));
    assert.equal((await oldEnd).outcome, 'cancelled');
    const { snapshot } = await api.waitFor(isOver);
    assert.notEqual(snapshot.trace, old.trace);
    assert.equal(snapshot.output, FRENCH);
    assert.equal(await looseTensors(api), 0);
    assert.equal((await api.memory())?.traces, 1);
  });

  it('a question about the old trace is refused, not answered with the new one', async () => {
    api.inspect(builtInSubject(api, ANIMAL));
    const { snapshot } = await api.waitFor(isOver);
    await fromPage(api, 'query');
    api.inspect(builtInSubject(api, 'A dog ate the food because it was hungry.'));
    const refused = toPage(api, 'refused', ({ request }) => request === 9999);
    const question = { stack: 'encoder', layer: 0, head: 0, hideSpecials: false, unit: 'token' };
    await api.panel.receive({
      type: 'query',
      request: 9999,
      trace: snapshot.trace,
      query: { name: 'matrix', question },
    });
    assert.equal((await refused).failure.code, 'trace.gone');
  });

  it('the panel closed while streaming: the run stops and everything is freed', async () => {
    api.inspect(subjectFor(folder, textOf(TOKENS)));
    const { snapshot } = await api.waitFor(hasLayers(3));
    const end = finishedRun(snapshot.trace);
    api.panel.close();
    assert.equal((await end).outcome, 'cancelled');
    assert.equal(api.current(), null);
    assert.equal(await looseTensors(api), 0);
    const memory = await api.memory();
    assert.deepEqual([memory?.traces, memory?.traceBytes], [0, 0]);
  });

  it('the closed panel shown again runs the same text again', async () => {
    api.inspect(builtInSubject(api, ANIMAL));
    await api.waitFor(isOver);
    api.panel.close();
    await vscode.commands.executeCommand('headlight.showPanel');
    assert.equal((await api.waitFor(isOver)).snapshot.output, FRENCH);
  });

  it('a hidden panel gets nothing while the trace fills, and all of it when it is back', async () => {
    api.inspect(subjectFor(folder, textOf(TOKENS)));
    await fromPage(api, 'credit');
    await api.waitFor(hasLayers(2));
    const group = vscode.window.tabGroups.all.find(({ tabs }) =>
      tabs.some(({ input }) => input instanceof vscode.TabInputWebview),
    );
    await openText('in front of the panel', group?.viewColumn);
    assert.equal(api.panel.visible, false);
    let sent = 0;
    const counting = api.toPage.on(() => sent++);
    const at = api.current()?.snapshot.layers.length ?? 0;
    // On a slow machine most layers are there by now: then the output has to come.
    const filled = await api.waitFor((now) => hasLayers(at + 3)(now) || isOver(now));
    assert.ok(filled.snapshot.layers.length + filled.snapshot.written.length >= at + 3);
    assert.equal(sent, 0);
    counting.dispose();
    const welcome = toPage(api, 'welcome');
    const picture = toPage(api, 'event', ({ event }) => event.type === 'picture');
    await vscode.commands.executeCommand('headlight.showPanel');
    const { snapshot } = await welcome;
    assert.ok((snapshot?.layers.length ?? 0) >= filled.snapshot.layers.length);
    await picture;
  });
});
