import assert from 'node:assert/strict';
import { initialNavigation } from '../../../src/protocol/panelMessages';
import { Inspector } from '../../../src/host/inspection/inspector';
import type { Subject } from '../../../src/host/inspection/subject';
import { FakeWorld, finished, plan } from './fakeEngine';

const subject: Subject = {
  text: 'One two',
  place: null,
  origin: 'a.txt:1',
  model: { folder: '/model', trainedTokens: 64, language: 'fra' },
  language: 'fra',
};

function inspecting(): { world: FakeWorld; inspector: Inspector; notices: (string | null)[] } {
  const world = new FakeWorld();
  let count = 0;
  const inspector = new Inspector(world.client, () => `t${++count}`);
  const notices: (string | null)[] = [];
  inspector.notices.on((notice) => notices.push(notice?.failure.code ?? null));
  inspector.inspect(subject);
  return { world, inspector, notices };
}

describe('Inspector', () => {
  it('sends the run and mirrors what comes', () => {
    const { world, inspector } = inspecting();
    assert.deepEqual(world.port.last('run'), {
      type: 'run',
      trace: 't1',
      model: '/model',
      text: 'One two',
      language: 'fra',
      maxNewTokens: null,
      trainedTokens: 64,
    });
    assert.equal(inspector.running, true);
    world.port.says({ type: 'planned', trace: 't1', plan });
    assert.deepEqual(inspector.current?.snapshot.plan, plan);
    world.port.says(finished('t1'));
    assert.equal(inspector.running, false);
  });

  it('releases the old run before the new one and ignores its stragglers', () => {
    const { world, inspector } = inspecting();
    inspector.inspect({ ...subject, text: 'Three' });
    assert.deepEqual(world.port.types(), ['run', 'release', 'run']);
    assert.equal(world.port.last('release').trace, 't1');
    world.port.says(finished('t1', 'cancelled'));
    assert.equal(inspector.current?.snapshot.trace, 't2');
    assert.equal(inspector.running, true);
  });

  it('keeps view, layer and head from text to text, a source token only within one text', () => {
    const { inspector } = inspecting();
    const token = { side: 'source', index: 2, locked: true } as const;
    const chosen = { ...initialNavigation, layer: 1, head: 3, view: 'row', token } as const;
    inspector.navigate(chosen);
    inspector.again('cmn');
    assert.deepEqual(inspector.current?.navigation, chosen);
    assert.equal(inspector.current?.subject.language, 'cmn');
    inspector.navigate({ ...chosen, token: { ...token, side: 'target' } });
    inspector.again('fra');
    assert.deepEqual(inspector.current?.navigation, { ...chosen, token: null });
    inspector.navigate(chosen);
    inspector.inspect({ ...subject, text: 'Other' });
    assert.deepEqual(inspector.current?.navigation, { ...chosen, token: null });
  });

  it('runs a running text anew after a crash, under a new id, and says so', () => {
    const { world, inspector, notices } = inspecting();
    world.port.says({ type: 'planned', trace: 't1', plan });
    world.port.dies('boom');
    assert.equal(world.ports.length, 2);
    assert.equal(world.port.last('run').text, 'One two');
    assert.equal(inspector.current?.snapshot.trace, 't2');
    assert.equal(inspector.current?.snapshot.plan, null);
    assert.deepEqual(notices, [null, 'engine.crashed']);
    assert.equal(inspector.notice?.severity, 'error');
  });

  it('runs a finished text anew too: its numbers died with the engine', () => {
    const { world, inspector } = inspecting();
    world.port.says(finished('t1'));
    world.port.dies('boom');
    assert.equal(world.port.last('run').trace, 't2');
    assert.equal(inspector.running, true);
  });

  it('gives up after the second crash, with advice, until the reader asks again', () => {
    const { world, inspector } = inspecting();
    world.port.dies('one');
    world.port.dies('two');
    assert.equal(world.ports.length, 2);
    assert.equal(inspector.current?.snapshot.outcome, 'failed');
    assert.equal(inspector.current?.snapshot.failure?.code, 'engine.gaveUp');
    assert.equal(inspector.notice?.failure.code, 'engine.gaveUp');
    inspector.again();
    assert.equal(world.ports.length, 3);
    assert.equal(inspector.notice, null);
    assert.equal(inspector.running, true);
  });

  it('says that a finished trace is gone when the engine is not started again', () => {
    const { world, inspector } = inspecting();
    world.port.dies('one');
    world.port.says(finished('t2'));
    world.port.dies('two');
    assert.equal(inspector.current?.snapshot.failure?.code, 'trace.gone');
  });

  it('does not compute again what the reader had cancelled', () => {
    const { world, inspector } = inspecting();
    inspector.cancel();
    assert.equal(world.port.last('cancel').trace, 't1');
    world.port.says(finished('t1', 'cancelled'));
    world.port.dies('boom');
    assert.equal(world.ports.length, 1);
    assert.equal(inspector.current?.snapshot.failure?.code, 'trace.gone');
  });

  it('frees the trace when nobody looks any more, and can begin it again', () => {
    const { world, inspector } = inspecting();
    inspector.release();
    assert.equal(inspector.current === null, true);
    assert.equal(world.port.last('release').trace, 't1');
    world.port.dies('boom');
    assert.equal(world.ports.length, 1);
    inspector.again();
    assert.equal(inspector.current?.subject.text, 'One two');
  });

  it('passes on that the engine is slow here', () => {
    const { world, inspector } = inspecting();
    const notice = { code: 'notice.cpuBackend', args: { reason: 'no SIMD' } } as const;
    world.port.says({ type: 'up', backend: 'cpu', notice });
    assert.deepEqual(inspector.notice, { severity: 'info', failure: notice });
    inspector.again();
    assert.equal(inspector.notice?.failure.code, 'notice.cpuBackend');
  });
});
