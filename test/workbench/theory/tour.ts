import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { editorWith, pictureOf } from '../editorDom';
import { eventually } from '../eventually';
import type { Session } from '../session';
import { agree, assertHover, type Stand } from '../stand';
import { TIRED, WIDE } from '../story/sentences';
import { button, cellsOf, commandByKeys, openedTab } from './views';

/** Of the built-in model. */
const HEADS = 72;

const table = (panel: Frame): Locator =>
  panel.getByRole('region', { name: 'Weights on the two nouns, head by head' });

/** Sentences in a document of their own, and the heads that turn with their last word. */
export function tour(session: Session): void {
  describe('the “it” tour', () => {
    const stand = (head: string): Stand => ({
      head,
      token: 'it',
      direction: 'looks at',
      specials: true,
    });
    let first = '';

    it('opens its sentences in a document and finds the heads that turn', async () => {
      const { page } = session;
      await commandByKeys(page, 'The “it” Tour');
      await page.locator('.tab', { hasText: 'Untitled' }).waitFor();
      const panel = await session.panel();
      await table(panel).locator('tbody tr').first().waitFor();
      assert.equal(await openedTab(panel), '“it” tour');
      await panel.getByText(`Show all ${HEADS}`).click();
      const rows = await cellsOf(table(panel));
      assert.equal(rows.length, HEADS);
      const margins = rows.map((row) => Number(row[6]));
      assert.deepEqual(
        margins,
        margins.toSorted((a, b) => b - a),
      );
      const turning = rows.find(([name, from]) => name?.startsWith('E') && from === '“it”');
      first = turning?.[0] ?? '';
      const [, , animal, street, animalWide, streetWide] = (turning ?? []).map(Number);
      assert.ok(animal! > street! && streetWide! > animalWide!, turning?.join(' '));
    });

    it('leads from a row to the head, on the sentence in the document', async () => {
      const { page } = session;
      const panel = await session.panel();
      await table(panel).getByRole('button', { name: first, exact: true }).first().click();
      await page.mouse.move(2, 2);
      await agree(session, TIRED, stand(first));
      await assertHover(session, TIRED, stand(first));
      await button(panel, 'Show “wide”').click();
      await page.mouse.move(2, 2);
      await panel.getByRole('option', { name: /^wide/ }).waitFor();
      await eventually(async () => {
        const editor = editorWith(page, WIDE.line);
        assert.ok((await pictureOf(editor, WIDE.line, [])).painted.length > 0);
      });
    });

    it('can be stopped while it mutes, and answers other questions at once', async () => {
      const { page } = session;
      const panel = await session.panel();
      await panel.getByRole('button', { name: /^Mute them \(\d+\)/ }).click();
      const running = panel.locator('.study-running:visible');
      await running.getByRole('button', { name: 'Cancel' }).click();
      await panel.getByText('Stopped.', { exact: true }).waitFor();
      const muted = panel.getByRole('region', {
        name: 'Probability of the pronouns with heads muted',
      });
      assert.equal(await muted.isVisible(), false);
      await button(panel, 'Compute it').waitFor();
      await button(panel, 'Show “tired”').click();
      await table(panel).getByRole('button', { name: first, exact: true }).first().click();
      await page.mouse.move(2, 2);
      await agree(session, TIRED, stand(first));
    });
  });
}
