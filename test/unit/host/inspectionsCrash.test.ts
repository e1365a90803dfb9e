import assert from 'node:assert/strict';
import { finished, plan } from './fakeEngine';
import { currentKey, empty, inDocument, inspecting } from './inspecting';

describe('Inspections, when the engine breaks', () => {
  it('runs a running text anew, under a new id, and says so', () => {
    const { world, inspections, notices } = inspecting();
    world.port.says({ type: 'planned', trace: 't1', plan });
    const key = currentKey(inspections);
    world.port.dies('boom');
    assert.equal(world.ports.length, 2);
    assert.equal(world.port.last('run').text, 'One two');
    assert.equal(inspections.current?.snapshot.trace, 't2');
    assert.equal(currentKey(inspections), key);
    assert.equal(inspections.current.snapshot.plan, null);
    assert.deepEqual(notices, [null, 'engine.crashed']);
    assert.equal(inspections.notices.current?.severity, 'error');
  });

  it('runs a finished text anew too: its numbers died with the engine', () => {
    const { world, inspections } = inspecting();
    world.port.says(finished('t1'));
    world.port.dies('boom');
    assert.equal(world.port.last('run').trace, 't2');
    assert.equal(inspections.running, true);
  });

  it('gives up after the second crash, with advice, until the reader asks again', () => {
    const { world, inspections } = inspecting();
    world.port.dies('one');
    world.port.dies('two');
    assert.equal(world.ports.length, 2);
    assert.equal(inspections.current?.snapshot.outcome, 'failed');
    assert.equal(inspections.current.snapshot.failure?.code, 'engine.gaveUp');
    assert.equal(inspections.notices.current?.failure.code, 'engine.gaveUp');
    inspections.rerun(currentKey(inspections));
    assert.equal(world.ports.length, 3);
    assert.equal(inspections.notices.current, null);
    assert.equal(inspections.running, true);
  });

  it('says that a finished trace is gone when the engine is not started again', () => {
    const { world, inspections } = inspecting();
    world.port.dies('one');
    world.port.says(finished('t2'));
    world.port.dies('two');
    assert.equal(inspections.current?.snapshot.failure?.code, 'trace.gone');
  });

  it('does not compute again what the reader had cancelled', () => {
    const { world, inspections } = inspecting();
    inspections.cancel();
    assert.equal(world.port.last('cancel').trace, 't1');
    world.port.says(finished('t1', 'cancelled'));
    world.port.dies('boom');
    assert.equal(world.ports.length, 1);
    assert.equal(inspections.current?.snapshot.failure?.code, 'trace.gone');
  });

  it('brings other texts back when the reader comes to them, the pinned one by itself', () => {
    const { world, inspections } = empty();
    const keys = ['a', 'b', 'c'].map((text) => {
      const { key, snapshot } = inspections.inspect({ ...inDocument, text });
      world.port.says(finished(snapshot.trace));
      return key;
    });
    const [first = 0, pinned = 0, last = 0] = keys;
    inspections.pin(pinned);
    world.port.dies('boom');
    assert.deepEqual(world.port.types(), ['run']);
    assert.equal(world.port.last('run').text, 'c');
    assert.equal(inspections.get(first)?.snapshot.failure?.code, 'trace.gone');
    world.port.says(finished(world.port.last('run').trace));
    assert.equal(world.port.last('run').text, 'b');
    assert.equal(currentKey(inspections), last);
    world.port.says(finished(world.port.last('run').trace));
    assert.equal(inspections.get(pinned)?.snapshot.outcome, 'complete');
    inspections.show(first);
    assert.equal(world.port.last('run').text, 'a');
    assert.equal(currentKey(inspections), first);
  });

  it('passes on that it is slow here', () => {
    const { world, inspections } = inspecting();
    const notice = { code: 'notice.cpuBackend', args: { reason: 'no SIMD' } } as const;
    world.port.says({ type: 'up', backend: 'cpu', notice });
    assert.deepEqual(inspections.notices.current, { severity: 'info', failure: notice });
    inspections.rerun(currentKey(inspections));
    assert.equal(inspections.notices.current?.failure.code, 'notice.cpuBackend');
  });

  it('passes on what happens to it in a run, and not beyond', () => {
    const { world, inspections } = inspecting();
    world.port.says({ type: 'up', backend: 'wasm-own-relaxed-2t', notice: null });
    const notice = { code: 'notice.kernelThread', args: { reason: 'x', threads: 1 } } as const;
    world.port.says({ type: 'notice', notice });
    assert.deepEqual(inspections.notices.current, { severity: 'info', failure: notice });
    inspections.rerun(currentKey(inspections));
    assert.equal(inspections.notices.current, null);
  });
});
