// Pictures of models of other kinds than the built-in one; each is opened from the explorer first.
import { clickWord, hoverWord } from '../vscode/editorText.mjs';
import { webviewWith } from '../vscode/workbench.mjs';
import { chooseHead, DARK, LIGHT, says, scrollTo } from './scene.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */
/** @typedef {import('./scene.mjs').Reading} Reading */
/** @typedef {import('./scene.mjs').Shot} Shot */

const STORY = 'Mia has a red ball. Tom has a blue kite. Mia has a red';
/** The word of several tokens stands so far left that its hover leaves the panel free. */
const ARMCHAIR = 'The armchair is in the park.';

/** @param {Frame} panel @param {string} name */
async function openTab(panel, name) {
  await panel.getByRole('tab', { name, exact: true }).click();
  await scrollTo(panel, '[role=tablist]');
}

/** The cursor into the last word of the text. @param {Page} page */
async function toLastWord(page) {
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
}

/** @param {Page} page @param {string} title of a view of ours that gives its room to the others */
export const foldView = (page, title) =>
  page.locator('.pane-header').filter({ hasText: title }).first().click();

/** @type {readonly Shot[]} */
export const modelShots = [
  {
    name: 'card-dark',
    theme: DARK,
    sideBar: true,
    reading: { model: 'stories-rotary', text: 'Mia has a red' },
    pose: async ({ page, panel }) => {
      await toLastWord(page);
      await panel.getByRole('tab', { name: 'Prediction' }).click();
      await panel.getByText('The text ends here').waitFor();
      await foldView(page, 'Heads');
      await foldView(page, 'Token');
      await panel.getByRole('button', { name: 'Model card' }).click();
      const card = await webviewWith(page, '.markdown-body table, table[data-line]');
      await card.getByText('LlamaForCausalLM').waitFor();
      // Where the folder lies on this machine says nothing to others.
      await card.getByRole('row', { name: 'Folder' }).evaluate((row) => row.remove());
    },
  },
  {
    name: 'masks-light',
    theme: LIGHT,
    reading: { model: 'masked-words', text: 'We drank hot [MASK].' },
    pose: async ({ page, panel }) => {
      await clickWord(page, 'We drank', '[MASK]');
      await says(panel, '[MASK]');
      await panel.getByRole('tab', { name: 'Prediction' }).click();
      await panel.getByText('coffee').first().waitFor();
    },
  },
  {
    name: 'labels-dark',
    theme: DARK,
    reading: { model: 'feelings', text: 'The concert was very strange.' },
    pose: async ({ page, panel }) => {
      await clickWord(page, 'The concert', 'strange');
      await says(panel, 'strange');
      await panel.getByRole('tab', { name: 'Prediction' }).click();
      await panel.getByText('softmax over the logits').waitFor();
    },
  },
  {
    name: 'rotary-dark',
    theme: DARK,
    reading: { model: 'stories-rotary', text: STORY },
    pose: async ({ page, panel }) => {
      await toLastWord(page);
      await says(panel, 'red');
      await openTab(panel, 'Positions');
    },
  },
  {
    name: 'alibi-light',
    theme: LIGHT,
    reading: { model: 'stories-alibi', text: STORY },
    pose: async ({ page, panel }) => {
      await toLastWord(page);
      // It looks for what followed the same word before.
      await panel.locator('.controls select:visible').first().selectOption({ label: 'L1' });
      await chooseHead(panel, 'H3');
      await says(panel, 'red');
      await openTab(panel, 'Positions');
    },
  },
  {
    name: 'words-light',
    theme: LIGHT,
    hover: true,
    reading: { model: 'masked-words', text: ARMCHAIR },
    pose: async ({ page, panel }) => {
      await clickWord(page, ARMCHAIR, 'armchair');
      await panel.getByLabel('Words').check();
      await says(panel, 'armchair');
      await hoverWord(page, ARMCHAIR, 'armchair');
    },
  },
];
