// What becomes of a pinned text while others are run: it stays, or comes back by itself.
import assert from 'node:assert/strict';
import type { Inspections } from '../../../src/host/inspection/inspections';
import { finished, plan, type FakeWorld } from './fakeEngine';
import { currentKey, empty, inDocument } from './inspecting';

interface Pinned {
  readonly world: FakeWorld;
  readonly inspections: Inspections;
  readonly key: number;
  outcome(): string | null | undefined;
}

/** A pinned text, its run finished if so wanted. */
function pinned(over: boolean): Pinned {
  const { world, inspections } = empty();
  const { key, snapshot } = inspections.inspect({ ...inDocument, text: 'pinned' });
  world.port.says({ type: 'planned', trace: snapshot.trace, plan });
  if (over) world.port.says(finished(snapshot.trace));
  inspections.pin(key);
  const outcome = (): string | null | undefined => inspections.get(key)?.snapshot.outcome;
  return { world, inspections, key, outcome };
}

describe('a pinned text', () => {
  it('that was not finished gives way to another run, and is run when that is over', () => {
    const { world, inspections, key, outcome } = pinned(false);
    const other = inspections.inspect({ ...inDocument, text: 'other' });
    assert.equal(world.port.last('release').trace, 't1');
    assert.deepEqual(world.port.types(), ['run', 'release', 'run']);
    // The engine's last words about it change nothing, and start nothing beside the other run.
    world.port.says(finished('t1', 'cancelled'));
    assert.equal(world.port.types().length, 3);
    assert.equal(inspections.get(key)?.snapshot.failure?.code, 'trace.gone');
    world.port.says(finished(other.snapshot.trace));
    assert.equal(world.port.last('run').text, 'pinned');
    assert.equal(currentKey(inspections), other.key);
    // And once more while it comes back.
    const third = inspections.inspect({ ...inDocument, text: 'third' });
    world.port.says(finished(third.snapshot.trace));
    world.port.says(finished(world.port.last('run').trace));
    assert.deepEqual([world.port.last('run').text, outcome()], ['pinned', 'complete']);
  });

  it('that is run anew while it runs comes back beside the new run', () => {
    const { world, inspections, key, outcome } = pinned(false);
    inspections.rerun(key, { text: 'new' });
    assert.notEqual(currentKey(inspections), key);
    world.port.says(finished(world.port.last('run').trace));
    world.port.says(finished(world.port.last('run').trace));
    assert.deepEqual([world.port.last('run').text, outcome()], ['pinned', 'complete']);
  });

  it('that the byte budget took stays gone: it would only push out what took its place', () => {
    const { world, inspections, key } = pinned(true);
    const other = inspections.inspect({ ...inDocument, text: 'other' });
    world.port.says({ type: 'evicted', trace: 't1' });
    world.port.says(finished(other.snapshot.trace));
    assert.equal(world.port.last('run').text, 'other');
    assert.equal(inspections.get(key)?.snapshot.failure?.code, 'trace.gone');
    assert.equal(inspections.running, false);
  });

  it('is not brought back once it is let go', () => {
    const { world, inspections, key } = pinned(false);
    const other = inspections.inspect({ ...inDocument, text: 'other' });
    inspections.unpin(key);
    world.port.says(finished(other.snapshot.trace));
    assert.equal(world.port.last('run').text, 'other');
  });
});
