import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import type { Run } from '../../../src/protocol/engineMessages';
import type { EngineGone } from '../../../src/host/engine/engineClient';
import { FakeWorld, finished, LIMIT_MS, noMemory } from './fakeEngine';

const run: Run = {
  type: 'run',
  trace: 't1',
  model: '/model',
  text: 'One two',
  pair: null,
  language: null,
  writing: null,
  trainedTokens: null,
  preview: 'off',
};
const address = {
  stack: 'encoder',
  layer: 0,
  head: 0,
  hideSpecials: false,
  unit: 'token',
} as const;
const row = {
  name: 'row',
  question: { ...address, direction: 'looksAt', token: 0 },
} as const;
const wire = (...numbers: number[]): { shape: number[]; data: ArrayBuffer } => ({
  shape: [numbers.length],
  data: new Float32Array(numbers).buffer,
});

function watched(place?: 'auto' | 'thread' | 'child'): { world: FakeWorld; gone: EngineGone[] } {
  const world = new FakeWorld(place);
  const gone: EngineGone[] = [];
  world.client.gone.on((end) => gone.push(end));
  return { world, gone };
}

const isFailure = (code: string) => (thrown: unknown) =>
  thrown instanceof Failure && thrown.code === code;

describe('EngineClient', () => {
  it('starts no engine until one is used', async () => {
    const { world } = watched();
    assert.equal(world.client.kind, null);
    world.client.tell({ type: 'cancel', trace: 't1' });
    assert.equal(await world.client.memory(), null);
    await assert.rejects(world.client.ask('t1', row), isFailure('trace.gone'));
    assert.equal(world.ports.length, 0);
    world.client.run(run);
    assert.equal(world.ports.length, 1);
    assert.equal(world.client.kind, 'thread');
    assert.deepEqual(world.port.posted, [run]);
  });

  it('brings answers to those who asked, in whatever order they come', async () => {
    const { world } = watched();
    world.client.run(run);
    const first = world.client.ask('t1', row);
    const second = world.client.memory();
    const asked = world.port.last('query');
    world.port.says({ type: 'pong', request: world.port.last('ping').request, memory: noMemory });
    world.port.says({
      type: 'answer',
      request: asked.request,
      value: { weights: wire(0.25, 0.75), norms: wire(1, 2), hidden: 0, approximate: false },
    });
    assert.deepEqual(await second, noMemory);
    assert.deepEqual(new Float32Array((await first).weights.data), new Float32Array([0.25, 0.75]));
  });

  it('refuses an answer that does not fit its question', async () => {
    const { world } = watched();
    world.client.run(run);
    const answer = world.client.ask('t1', row);
    const { request } = world.port.last('query');
    world.port.says({ type: 'answer', request, value: { weights: wire(1) } });
    await assert.rejects(answer, isFailure('internal.unexpected'));
  });

  it('hands a refusal on', async () => {
    const { world } = watched();
    const answer = world.client.describe('/nowhere');
    const failure = {
      code: 'checkpoint.missing',
      args: { file: 'config.json', folder: 'x' },
    } as const;
    world.port.says({ type: 'refused', request: world.port.last('describe').request, failure });
    await assert.rejects(answer, isFailure('checkpoint.missing'));
  });

  it('has a text written, and withdraws what nobody wants any more', async () => {
    const { world } = watched();
    const task = { model: '/model', text: 'One', language: 'fra', writing: null };
    const first = world.client.write(task);
    const { request } = world.port.last('write');
    const written = { output: 'Un', tokens: 2, logProbability: -0.5, ended: true };
    world.port.says({ type: 'wrote', request, ...written });
    assert.deepEqual(await first, written);
    const controller = new AbortController();
    const second = world.client.write(task, controller.signal);
    controller.abort();
    await assert.rejects(second, isFailure('run.cancelled'));
    assert.equal(world.port.last('withdraw').request, world.port.last('write').request);
    const count = world.port.posted.length;
    await assert.rejects(world.client.write(task, controller.signal), isFailure('run.cancelled'));
    assert.equal(world.port.posted.length, count);
  });

  it('after a crash: tells who waits, allows one restart in a child, then advises', async () => {
    const { world, gone } = watched();
    world.client.run(run);
    const waiting = world.client.ask('t1', row);
    world.port.dies('out of memory');
    await assert.rejects(waiting, isFailure('engine.crashed'));
    assert.deepEqual(gone.at(-1), {
      again: true,
      failure: { code: 'engine.crashed', args: { reason: 'out of memory' } },
    });
    world.client.run({ ...run, trace: 't2' });
    assert.deepEqual(world.kinds, ['thread', 'child']);
    world.port.dies('again');
    assert.deepEqual(gone.at(-1), {
      again: false,
      failure: { code: 'engine.gaveUp', args: { reason: 'again' } },
    });
    world.client.forgive();
    world.client.run({ ...run, trace: 't3' });
    world.port.dies('third');
    assert.equal(gone.at(-1)?.again, true);
  });

  it('stays where the reader wants it', () => {
    const { world } = watched('thread');
    world.client.run(run);
    world.port.dies('x');
    world.client.run(run);
    assert.deepEqual(world.kinds, ['thread', 'thread']);
  });

  it('kills an engine that owes a run and stays silent, pings unanswered', () => {
    const { world, gone } = watched();
    world.client.run(run);
    world.port.says({ type: 'up', backend: 'wasm', notice: null });
    world.clock.pass(LIMIT_MS - 1);
    assert.equal(world.port.last('ping').type, 'ping');
    assert.equal(gone.length, 0);
    world.clock.pass(1);
    assert.equal(world.port.killed, true);
    assert.equal(gone.at(-1)?.failure.args['reason'], 'no answer for 10 seconds');
    world.client.run(run);
    world.clock.pass(LIMIT_MS);
    assert.deepEqual(gone.at(-1)?.failure, { code: 'engine.silent', args: { seconds: 10 } });
  });

  it('leaves an engine alone that owes nothing, or still speaks', () => {
    const { world, gone } = watched();
    world.client.run(run);
    world.port.says({ type: 'up', backend: 'wasm', notice: null });
    for (let layer = 0; layer < 3; layer++) {
      world.clock.pass(LIMIT_MS - 1);
      world.port.says({
        type: 'layer',
        trace: 't1',
        layer: { stack: 'encoder', layer },
        milliseconds: 1,
      });
    }
    world.port.says(finished('t1'));
    world.clock.pass(100 * LIMIT_MS);
    assert.equal(gone.length, 0);
  });

  it('waits no longer for a run that was released', () => {
    const { world, gone } = watched();
    world.client.run(run);
    world.port.says({ type: 'up', backend: 'wasm', notice: null });
    world.client.tell({ type: 'release', trace: 't1' });
    world.clock.pass(100 * LIMIT_MS);
    assert.equal(gone.length, 0);
  });

  it('kills an engine that talks nonsense', () => {
    const { world, gone } = watched();
    world.client.run(run);
    world.port.saysAnything({ type: 'layer', trace: 't1' });
    assert.equal(world.port.killed, true);
    assert.equal(gone.length, 1);
    world.port.says(finished('t1'));
    assert.equal(gone.length, 1);
  });

  it('ends its engine when it is disposed of, and says nothing of a crash', async () => {
    const { world, gone } = watched();
    world.client.run(run);
    const waiting = world.client.ask('t1', row);
    world.client.dispose();
    assert.equal(world.port.killed, true);
    await assert.rejects(waiting, isFailure('run.cancelled'));
    world.port.dies('terminated');
    assert.equal(gone.length, 0);
    assert.equal(world.client.kind, null);
  });
});
