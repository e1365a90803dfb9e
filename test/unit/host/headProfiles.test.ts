import assert from 'node:assert/strict';
import type { Disposable } from '../../../src/host/disposables';
import { HeadProfiles } from '../../../src/host/heads/headProfiles';
import type { Inspections } from '../../../src/host/inspection/inspections';
import type { ToEngine } from '../../../src/protocol/engineMessages';
import { finished, plan, type FakeWorld } from './fakeEngine';
import { profile } from './headFixture';
import { empty, subject } from './inspecting';
import { decoderPlan } from './wordFixture';

type Query = Extract<ToEngine, { type: 'query' }>;

class Profiling {
  readonly world: FakeWorld;
  readonly inspections: Inspections;
  readonly profiles: HeadProfiles;
  readonly need: Disposable;
  changes = 0;

  constructor() {
    const { world, inspections } = empty();
    this.world = world;
    this.inspections = inspections;
    this.profiles = new HeadProfiles(world.client, inspections);
    this.need = this.profiles.need();
    this.profiles.changed.on(() => this.changes++);
  }

  /** A run that has read the text. Its trace. */
  read(): string {
    const { trace } = this.inspections.inspect(subject).snapshot;
    this.world.port.says({ type: 'planned', trace, plan });
    for (const layer of [0, 1]) this.layer(trace, layer);
    return trace;
  }

  layer(trace: string, layer: number): void {
    const address = { stack: 'encoder', layer } as const;
    this.world.port.says({ type: 'layer', trace, layer: address, milliseconds: 1 });
  }

  get asked(): readonly Query[] {
    return this.world.port.posted.filter((message) => message.type === 'query');
  }

  /** Answers the newest question with one head of that entropy. */
  async answer(entropy: number): Promise<void> {
    const { request } = this.world.port.last('query');
    const value = [profile('encoder', 0, 0, { entropy })];
    this.world.port.says({ type: 'answer', request, value });
    await settled();
  }

  get entropies(): readonly (number | null)[] {
    return this.profiles.heads.map(({ entropy }) => entropy);
  }
}

/** Promises that are answered go on in microtasks; all of them come before the next turn. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('HeadProfiles', () => {
  it('asks nothing while nobody needs to know, and at once when somebody does', async () => {
    const all = new Profiling();
    all.need.dispose();
    all.need.dispose();
    const trace = all.read();
    all.world.port.says(finished(trace));
    assert.equal(all.asked.length, 0);
    const [one, other] = [all.profiles.need(), all.profiles.need()];
    assert.equal(all.asked.length, 1);
    await all.answer(1);
    assert.deepEqual(all.entropies, [1]);
    one.dispose();
    all.read();
    assert.equal(all.asked.length, 2);
    await all.answer(2);
    other.dispose();
    all.read();
    assert.equal(all.asked.length, 2);
  });

  it('asks when the encoder has read the text, not before, and again at the end', async () => {
    const all = new Profiling();
    const { trace } = all.inspections.inspect(subject).snapshot;
    all.world.port.says({ type: 'planned', trace, plan });
    all.layer(trace, 0);
    assert.equal(all.asked.length, 0);
    all.layer(trace, 1);
    assert.deepEqual(
      all.asked.map(({ query }) => query),
      [{ name: 'heads', question: { hideSpecials: false } }],
    );
    await all.answer(1);
    assert.deepEqual(all.entropies, [1]);
    all.world.port.says(finished(trace));
    assert.equal(all.asked.length, 2);
    await all.answer(2);
    assert.deepEqual(all.entropies, [2]);
  });

  it('has one question under way, and asks afterwards what is wanted then', async () => {
    const all = new Profiling();
    const trace = all.read();
    all.world.port.says(finished(trace));
    all.inspections.update(all.inspections.current?.key ?? 0, {
      navigation: { ...all.inspections.current!.navigation, hideSpecials: true },
    });
    assert.equal(all.asked.length, 1);
    await all.answer(1);
    assert.deepEqual(all.entropies, [], 'of specials shown, while they are hidden');
    assert.equal(all.asked.length, 2);
    assert.deepEqual(all.asked[1]?.query.question, { hideSpecials: true });
    await all.answer(2);
    assert.deepEqual(all.entropies, [2]);
    assert.equal(all.asked.length, 2);
  });

  it('drops an answer about a trace that is no longer current', async () => {
    const all = new Profiling();
    all.read();
    const before = all.world.port.last('query').request;
    all.read();
    const { changes } = all;
    const value = [profile('encoder', 0, 0)];
    all.world.port.says({ type: 'answer', request: before, value });
    await settled();
    assert.deepEqual(all.entropies, []);
    assert.equal(all.changes, changes);
    await all.answer(1);
    assert.deepEqual(all.entropies, [1]);
  });

  it('does not repeat a question that was refused, and says why there is nothing', async () => {
    const all = new Profiling();
    all.read();
    const { request } = all.world.port.last('query');
    const failure = { code: 'trace.gone', args: {} } as const;
    all.world.port.says({ type: 'refused', request, failure });
    await settled();
    assert.equal(all.asked.length, 1);
    assert.equal(all.profiles.failure?.code, 'trace.gone');
    assert.ok(all.changes > 0);
  });

  it('asks for what a cancelled run has, and nothing of one that has nothing', async () => {
    const all = new Profiling();
    const { trace } = all.inspections.inspect(subject).snapshot;
    all.world.port.says({ type: 'planned', trace, plan });
    all.layer(trace, 0);
    all.world.port.says(finished(trace, 'cancelled'));
    assert.equal(all.asked.length, 1);
    await all.answer(1);
    const again = all.inspections.inspect(subject).snapshot.trace;
    all.world.port.says({ type: 'planned', trace: again, plan });
    all.world.port.says(finished(again, 'cancelled'));
    assert.equal(all.asked.length, 1);
  });

  it('forgets with the inspection', async () => {
    const all = new Profiling();
    all.read();
    await all.answer(1);
    const { changes } = all;
    all.inspections.drop(all.inspections.current?.key ?? 0);
    assert.deepEqual(all.entropies, []);
    assert.equal(all.changes, changes + 1);
  });

  it('asks of a model that only decodes when its last layer is there', () => {
    const { world, inspections } = new Profiling();
    const { trace } = inspections.inspect(subject).snapshot;
    const asked = (): number => world.port.types().filter((type) => type === 'query').length;
    world.port.says({ type: 'planned', trace, plan: decoderPlan });
    for (const layer of [0, 1, 2]) {
      assert.equal(asked(), 0);
      const address = { stack: 'decoder', layer } as const;
      world.port.says({ type: 'layer', trace, layer: address, milliseconds: 1 });
    }
    assert.equal(asked(), 1);
  });
});
