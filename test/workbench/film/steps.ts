// Where the film stands, as a person reads it.
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { eventually } from '../eventually';

/** Until the film stands there: “Step 10 of 19: rue”. */
export const standsAt = (panel: Frame, words: RegExp): Promise<void> =>
  eventually(async () => assert.match(await panel.locator('.film-step').innerText(), words));

/** The text of the film's card, as far as the step has come. */
export const outputSoFar = (panel: Frame): Promise<string> =>
  panel.locator('.film-text').evaluate((text) =>
    [...text.querySelectorAll('span:not([aria-hidden]), mark')]
      .map((part) => (part.closest('[hidden]') === null ? part.textContent : ''))
      .join('')
      .trim(),
  );

/** Outputs in the tree of branches, in its order. */
export const branchTexts = (panel: Frame): Promise<string[]> =>
  panel
    .locator('.branch .branch-text')
    .evaluateAll((texts) => texts.map((text) => text.textContent?.trim() ?? ''));
