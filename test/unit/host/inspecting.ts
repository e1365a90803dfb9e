// Inspections with an engine that says what the test says.
import assert from 'node:assert/strict';
import { Inspections } from '../../../src/host/inspection/inspections';
import type { Subject } from '../../../src/host/inspection/subject';
import { FakeWorld } from './fakeEngine';

export const subject: Subject = {
  text: 'One two',
  place: null,
  pair: null,
  origin: 'a.txt:1',
  model: { folder: '/model', trainedTokens: 64, language: 'fra' },
  language: 'fra',
  writing: null,
};
export const inDocument: Subject = {
  ...subject,
  place: { uri: 'file:///a.txt', line: 0, character: 0 },
};

interface Inspecting {
  readonly world: FakeWorld;
  readonly inspections: Inspections;
  readonly notices: (string | null)[];
}

/** With an open panel, as a reader begins. */
export function empty(): Inspecting {
  const world = new FakeWorld();
  let count = 0;
  const inspections = new Inspections(
    world.client,
    () => `t${++count}`,
    () => 'off',
  );
  const notices: (string | null)[] = [];
  inspections.notices.told.on((notice) => notices.push(notice?.failure.code ?? null));
  inspections.setPanelOpen(true);
  return { world, inspections, notices };
}

export function inspecting(): Inspecting {
  const all = empty();
  all.inspections.inspect(subject);
  return all;
}

/** The current one's key; there must be one. */
export function currentKey({ current }: Inspections): number {
  assert.ok(current !== null);
  return current.key;
}
