import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { complaints } from '../complaints';
import { eventually } from '../eventually';
import type { Session } from '../session';
import { assertProducts, keyNumbers, openProducts } from './steps';
import { button, goToHead, openedTab, openTab } from './views';

/** What a view shows when it has all of its answers. */
const settled: Readonly<Record<string, (panel: Frame) => Promise<void>>> = {
  Positions: (panel) => panel.locator('#panel-positions canvas:visible').first().waitFor(),
  Steps: (panel) => panel.locator('.mixture .strip').first().waitFor(),
  Heads: (panel) =>
    panel.getByRole('table', { name: 'What each head adds', exact: true }).waitFor(),
  'What if': (panel) => button(panel, 'Mute some').waitFor(),
  Map: (panel) => panel.locator('.map-numbers dd').first().waitFor(),
  '“it” tour': (panel) => panel.locator('.tour-found table').first().waitFor(),
  Learn: (panel) => panel.locator('.term').first().waitFor(),
};

/** Every view that says why, of a model of another kind. */
export function theoryOf(session: Session, head: string, headWidth: number): void {
  it('opens every view, with nothing that axe or the console complains of', async () => {
    await goToHead(session.page, head);
    const panel = await session.panel();
    for (const [name, ready] of Object.entries(settled)) {
      await openTab(panel, name);
      await eventually(async () => assert.equal(await openedTab(panel), name));
      await ready(panel);
      await eventually(async () =>
        assert.deepEqual(await complaints(panel, '[role=tabpanel]:not([hidden])'), [], name),
      );
    }
    assert.deepEqual(session.errors, []);
  });

  it('takes a weight apart and mutes its head', async () => {
    const panel = await session.panel();
    await openTab(panel, 'Steps');
    await settled['Steps']?.(panel);
    const { weight } = await keyNumbers(panel);
    assert.match(weight, /^\d\.\d{4}$/);
    await openProducts(panel).click();
    await assertProducts(panel, headWidth);
    await button(panel, 'What if?').click();
    await panel.getByText(`Muted: ${head}`).waitFor();
    const said = panel.locator('.findings li');
    await said.filter({ hasText: 'stay exactly as trained' }).waitFor();
    await said.filter({ hasText: /likeliest/ }).waitFor();
    await button(panel, 'As trained').click();
    await panel.locator('.chosen-change').waitFor({ state: 'hidden' });
  });
}
