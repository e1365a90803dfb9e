import assert from 'node:assert/strict';
import type { Branch } from '../../../src/protocol/branch';
import { plainWriting } from '../../../src/protocol/writing';
import { written } from '../../support/writings';
import { finished, plan, token } from './fakeEngine';
import { Page } from './relayedPage';

const sample = {
  ...plainWriting,
  search: { kind: 'sample', temperature: 1, topK: 5, topP: null, seed: 1 },
} as const;

/** A page that shows a text of which `un` is written. */
async function reading(): Promise<Page> {
  const page = new Page();
  page.inspect();
  await page.relay.receive({ type: 'ready' });
  write(page, 't1', 'un');
  return page;
}

function write(page: Page, trace: string, label: string): void {
  const { writing } = page.world.port.last('run');
  const planned = { ...plan, writing: writing ?? plainWriting };
  page.world.port.says({ type: 'planned', trace, plan: planned });
  page.world.port.says({ type: 'token', trace, written: written(token(label)), output: label });
  page.world.port.says(finished(trace));
}

/** The branches that the page was told of last. */
function branches(page: Page): readonly Branch[] {
  const told = page.got.findLast((message) => 'state' in message);
  return told !== undefined && 'state' in told ? told.state.branches : [];
}

describe('PanelRelay, what is written', () => {
  it('has the text on screen written in another way, as a branch that the page is told of', async () => {
    const page = await reading();
    assert.deepEqual(
      branches(page).map(({ outcome, shown }) => [outcome, shown]),
      [['complete', true]],
    );
    await page.relay.receive({ type: 'write', trace: 't1', writing: sample });
    assert.deepEqual(page.world.port.last('run').writing, sample);
    write(page, 't2', 'deux');
    assert.deepEqual(
      branches(page).map(({ id, parent, shown }) => [id, parent, shown]),
      [
        [1, null, false],
        [2, 1, true],
      ],
    );
    await page.relay.receive({ type: 'branch', what: 'compare', branch: 1 });
    write(page, 't3', 'un');
    assert.deepEqual(
      branches(page).map(({ shown, pinned }) => [shown, pinned]),
      [
        [true, false],
        [false, true],
      ],
    );
    await page.relay.receive({ type: 'branch', what: 'prune', branch: 2 });
    assert.deepEqual(
      branches(page).map(({ id }) => id),
      [1],
    );
  });

  it('tells of branches only when they are others', async () => {
    const page = await reading();
    const before = page.got.length;
    page.reader.refresh();
    assert.equal(page.got.length, before);
  });

  it('tells of a growing branch now and then, and of all of it in the end', async () => {
    const page = await reading();
    await page.relay.receive({ type: 'write', trace: 't1', writing: sample });
    const says = page.world.port.says.bind(page.world.port);
    says({ type: 'planned', trace: 't2', plan: { ...plan, writing: sample } });
    const before = page.got.length;
    for (let count = 1; count <= 20; count++)
      says({ type: 'token', trace: 't2', written: written(token('a')), output: 'a'.repeat(count) });
    says(finished('t2'));
    const told = page.got.slice(before).filter(({ type }) => type === 'state');
    assert.ok(told.length >= 3 && told.length < 8, String(told.length));
    assert.equal(branches(page).at(-1)?.tokens.length, 20);
  });

  it('says that a text which left the screen is written no more', async () => {
    const page = await reading();
    await page.relay.receive({ type: 'write', trace: 't0', writing: sample });
    const last = page.got.at(-1);
    assert.ok(last?.type === 'notice' && last.notice?.failure.code === 'trace.gone');
    assert.equal(page.world.port.last('run').trace, 't1');
  });

  it('opens the output of what is on screen', async () => {
    const page = await reading();
    await page.relay.receive({ type: 'openOutput', trace: 't1' });
    assert.deepEqual(page.asked, ['output t1']);
  });
});
