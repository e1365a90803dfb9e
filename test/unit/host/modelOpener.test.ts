import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import { ModelFacts } from '../../../src/host/models/modelFacts';
import { ModelOpener } from '../../../src/host/models/modelOpener';
import { Models } from '../../../src/host/models/models';
import { RecentModels } from '../../../src/host/models/recentModels';
import { ResidentModels } from '../../../src/host/models/residentModels';
import { finished, plan } from './fakeEngine';
import { FakeMemento } from './fakeMemento';
import { folders } from './fakeFolders';
import { empty, inDocument } from './inspecting';

/** Of the microtask queue, until whoever will ask the engine has asked it. */
const MOST_TURNS = 1000;

const builtIn = { folder: '/built-in', trainedTokens: 64, language: 'fra' };

/** An opener whose person says yes; a display that stops when `stop` is called. */
function opening() {
  const { world, inspections } = empty();
  const resident = new ResidentModels(world.client, inspections);
  const facts = new ModelFacts(world.client, inspections, resident, folders({}));
  const recent = new RecentModels(new FakeMemento());
  const state = { chosen: null as string | null, yes: true, asked: [] as string[] };
  const models = new Models(
    builtIn,
    () => state.chosen,
    () => recent.all(),
  );
  const shown: { name: string; behindRun: boolean; fractions: number[]; stop(): void }[] = [];
  const opener = new ModelOpener({
    ...{ models, facts, recent, inspections },
    language: { for: ({ language }) => language },
    links: { textNow: () => null },
    permission: {
      ask(folder) {
        state.asked.push(folder);
        return Promise.resolve(state.yes);
      },
    },
    choose(folder) {
      state.chosen = folder;
      return Promise.resolve();
    },
    display(name, behindRun, work) {
      const fractions: number[] = [];
      const controller = new AbortController();
      shown.push({ name, behindRun, fractions, stop: () => controller.abort() });
      return work((fraction) => fractions.push(fraction), controller);
    },
  });
  const opened: string[] = [];
  opener.opened.on(({ folder }) => opened.push(folder));
  /** Resolves when the engine has been asked for a model for the nth time. */
  const asked = async (count = 1): Promise<number> => {
    const describes = (): number =>
      world.ports.length === 0 ? 0 : world.port.types().filter((one) => one === 'describe').length;
    for (let turn = 0; describes() < count; turn++) {
      assert.ok(turn < MOST_TURNS, 'the engine is not asked');
      await Promise.resolve();
    }
    return world.port.last('describe').request;
  };
  const answers = (request: number): void =>
    world.port.says({ type: 'model', request, model: plan.model });
  return { world, inspections, recent, state, models, opener, opened, shown, asked, answers };
}

describe('opening a model', () => {
  it('loads it, and only then takes it for what is inspected from now on', async () => {
    const { world, opener, asked, answers, shown, state, recent, opened } = opening();
    const done = opener.open('/one');
    const request = await asked();
    world.port.says({ type: 'progress', request, fraction: 0.5 });
    assert.equal(state.chosen, null);
    answers(request);
    assert.equal(await done, true);
    assert.equal(state.chosen, '/one');
    assert.deepEqual(recent.all(), ['/one']);
    assert.deepEqual(opened, ['/one']);
    const [{ name, behindRun, fractions } = assert.fail()] = shown;
    assert.deepEqual([name, behindRun, fractions], ['one', false, [0.5]]);
  });

  it('keeps what was chosen where it fails, and says why', async () => {
    const { world, opener, asked, state, recent, opened } = opening();
    state.chosen = '/before';
    const done = opener.open('/bad');
    const failure = { code: 'memory.model', args: { needed: 9, available: 3 } } as const;
    const request = await asked();
    world.port.says({ type: 'refused', request, failure });
    await assert.rejects(done, (thrown) => {
      assert.ok(thrown instanceof Failure);
      assert.deepEqual(thrown.toWire(), failure);
      return true;
    });
    assert.equal(state.chosen, '/before');
    assert.deepEqual(recent.all(), []);
    assert.deepEqual(opened, []);
  });

  it('can be given up: the engine is told, nothing else changes', async () => {
    const { world, opener, asked, shown, state, opened } = opening();
    const done = opener.open('/large');
    const request = await asked();
    shown[0]?.stop();
    assert.equal(await done, false);
    assert.equal(world.port.last('withdraw').request, request);
    assert.equal(state.chosen, null);
    // The engine's own answer comes late, and is nobody's.
    world.port.says({ type: 'refused', request, failure: { code: 'run.cancelled', args: {} } });
    assert.deepEqual(opened, []);
  });

  it('gives up one that loads for a newer one', async () => {
    const { world, opener, asked, answers, state } = opening();
    const first = opener.open('/large');
    const withdrawn = await asked();
    const second = opener.open('/small');
    answers(await asked(2));
    assert.deepEqual(await Promise.all([first, second]), [false, true]);
    assert.equal(world.port.last('withdraw').request, withdrawn);
    assert.equal(state.chosen, '/small');
  });

  it('lets the one asked for last win, though where an earlier one lies is found out later', async () => {
    const { opener, asked, answers, state, recent, opened } = opening();
    let found: (folder: string) => void = () => undefined;
    const first = opener.open(new Promise((resolve) => (found = resolve)));
    const second = opener.open('/two');
    answers(await asked());
    assert.equal(await second, true);
    found('/one');
    assert.equal(await first, false);
    assert.equal(state.chosen, '/two');
    assert.deepEqual([recent.all(), opened], [['/two'], ['/two']]);
  });

  it('reads the current text with it at once', async () => {
    const { world, inspections, opener, asked, answers } = opening();
    const { trace } = inspections.inspect(inDocument).snapshot;
    world.port.says(finished(trace));
    const done = opener.open('/one');
    answers(await asked());
    await done;
    assert.equal(inspections.current?.subject.model.folder, '/one');
    assert.equal(world.port.last('run').text, inDocument.text);
  });

  it('leaves a run alone that goes on, or went on when it was asked for', async () => {
    const { world, inspections, opener, asked, answers, shown } = opening();
    const { trace } = inspections.inspect(inDocument).snapshot;
    const done = opener.open('/one');
    const request = await asked();
    assert.equal(shown[0]?.behindRun, true);
    world.port.says(finished(trace));
    answers(request);
    assert.equal(await done, true);
    assert.equal(inspections.current?.snapshot.trace, trace);
    assert.equal(inspections.current.snapshot.outcome, 'complete');
    const other = opener.open('/two');
    const next = await asked(2);
    const { trace: newer } = inspections.inspect(inDocument).snapshot;
    answers(next);
    await other;
    assert.equal(inspections.current?.snapshot.trace, newer);
  });

  it('does nothing without a yes, and asks none for the built-in one', async () => {
    const { world, opener, asked, answers, state } = opening();
    state.yes = false;
    state.chosen = '/before';
    assert.equal(await opener.open('/one'), false);
    assert.deepEqual(state.asked, ['/one']);
    assert.equal(world.ports.length, 0);
    const done = opener.open(builtIn.folder);
    answers(await asked());
    assert.equal(await done, true);
    assert.deepEqual(state.asked, ['/one']);
    assert.equal(state.chosen, null);
  });

  it('remembers what a setting named before', async () => {
    const { opener, asked, answers, state, recent } = opening();
    state.chosen = '/named';
    const done = opener.open('/one');
    answers(await asked());
    await done;
    assert.deepEqual(recent.all(), ['/one', '/named']);
  });
});
