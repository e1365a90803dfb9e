import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import {
  AutomaticRerun,
  CAUSAL_REST_MS,
  REST_MS,
} from '../../../src/host/inspection/automaticRerun';
import { Signal } from '../../../src/host/signal';
import { model, plan } from './fakeEngine';
import { currentKey, empty, inDocument } from './inspecting';

/** An inspected text, edited already if so wanted. */
function typing(rerun: (...given: readonly unknown[]) => void, wanted = true) {
  const { world, inspections } = empty();
  inspections.inspect(inDocument);
  const edits = new Signal<string>();
  const automatic = new AutomaticRerun(inspections, edits, world.clock, () => wanted, rerun);
  const edit = (link: 'stale' | 'linked' = 'stale'): void => {
    inspections.update(currentKey(inspections), { link });
    edits.emit('file:///a.txt');
  };
  return { world, inspections, clock: world.clock, edits, automatic, edit };
}

describe('AutomaticRerun', () => {
  it('asks once, when typing has paused, and gives nothing that could be taken for a language', () => {
    const asked: (readonly unknown[])[] = [];
    const { clock, edit } = typing((...given) => asked.push(given));
    for (let key = 0; key < 50; key++) {
      edit();
      clock.pass(REST_MS - 1);
    }
    assert.deepEqual(asked, []);
    clock.pass(1);
    assert.deepEqual(asked, [[]]);
  });

  it('asks sooner where little is computed again, and as late as ever in the middle of a word', () => {
    let asked = 0;
    const { world, inspections, clock, edit } = typing(() => asked++);
    const { trace } = inspections.current!.snapshot;
    const decoder = { ...model, architecture: 'decoder' as const };
    world.port.says({ type: 'planned', trace, plan: { ...plan, model: decoder } });
    for (let key = 0; key < 50; key++) {
      edit();
      clock.pass(CAUSAL_REST_MS - 1);
    }
    assert.equal(asked, 0);
    clock.pass(1);
    assert.equal(asked, 1);
    clock.pass(REST_MS);
    assert.equal(asked, 1);
  });

  it('runs what was typed last, whatever the run before has come to, and hears no more of that one', () => {
    let text = 'One two';
    const { world, inspections, clock, edit } = typing(() =>
      inspections.rerun(currentKey(inspections), { text: (text += ' and') }),
    );
    const traces: string[] = [];
    inspections.events.on(({ event }) => traces.push(event.trace));
    for (let run = 0; run < 3; run++) {
      edit();
      clock.pass(REST_MS);
    }
    const runs = world.port.posted.flatMap((one) => (one.type === 'run' ? [one.trace] : []));
    assert.equal(runs.length, 4);
    // Each was released before the next, in view of which the engine keeps what they have in common.
    const releases = world.port.posted.flatMap((one) => (one.type === 'release' ? [one] : []));
    assert.deepEqual(
      releases,
      runs.slice(0, -1).map((trace) => ({ type: 'release', trace, again: true })),
    );
    for (const trace of runs.toReversed()) world.port.says({ type: 'planned', trace, plan });
    assert.deepEqual(traces, runs.slice(-1));
    assert.equal(inspections.current!.snapshot.trace, runs.at(-1));
  });

  it('does not ask for what undo has brought back, nor unasked', () => {
    let asked = 0;
    const { clock, edit } = typing(() => asked++);
    edit();
    edit('linked');
    clock.pass(REST_MS);
    const unwanted = typing(() => asked++, false);
    unwanted.edit();
    unwanted.clock.pass(REST_MS);
    assert.equal(asked, 0);
  });

  it('bears that nothing is left to run, and asks again after the next edit', () => {
    let asked = 0;
    const { clock, edit } = typing(() => {
      asked++;
      throw new Failure('text.empty');
    });
    edit();
    clock.pass(REST_MS);
    edit();
    clock.pass(REST_MS);
    assert.equal(asked, 2);
  });

  it('lets go of edits and of what waits', () => {
    let asked = 0;
    const { clock, edits, automatic, edit } = typing(() => asked++);
    const before = clock.pending;
    edit();
    automatic.dispose();
    assert.deepEqual([edits.size, clock.pending], [0, before]);
    clock.pass(REST_MS);
    assert.equal(asked, 0);
  });
});
