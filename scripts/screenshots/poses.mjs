// What the pictures under media/ show: how a reader would get there, by mouse and keyboard.
import { clickWord, hoverWord } from '../vscode/editorText.mjs';
import { openFile, runCommand, webviewWith } from '../vscode/workbench.mjs';
import { filmShots } from './filmPoses.mjs';
import { modelShots } from './modelPoses.mjs';
import { theoryShots } from './theoryPoses.mjs';
import { chooseHead, complete, DARK, HIGH_CONTRAST, LIGHT, says, scrollTo } from './scene.mjs';

/** @typedef {import('./scene.mjs').Scene} Scene */
/** @typedef {import('./scene.mjs').Shot} Shot */

const TIRED = 'was too tired.';
const WIDE = 'was too wide.';

/** The cursor on “it” of the first sentence, and the head that looks from it at the animal. @param {Scene} scene */
async function poseIt({ page, panel }) {
  await clickWord(page, TIRED, 'it ');
  await chooseHead(panel, 'H3');
  await says(panel, 'H3');
}

/** Inspects the sentence under the cursor as its key does. @param {Scene} scene */
async function inspectHere({ page, panel }) {
  const before = await panel.locator('.header .origin').innerText();
  await page.keyboard.press('Control+Alt+h');
  await panel.locator('.header .origin').filter({ hasNotText: before }).waitFor();
  await complete(panel);
}

/** The *tired* sentence pinned, the *wide* one beside it. @param {Scene} scene */
async function poseCompare(scene) {
  const { page, panel } = scene;
  await poseIt(scene);
  await panel.getByRole('button', { name: /^Pin/ }).click();
  await clickWord(page, WIDE, 'it ');
  await inspectHere(scene);
  await panel.getByRole('tab', { name: 'Compare' }).click();
  // The whole of it is there with its last table.
  await panel.getByText('in both views').waitFor();
  await scrollTo(panel, '[role=tablist]');
}

/** @param {Scene} scene */
async function poseHeads({ page, panel }) {
  await clickWord(page, TIRED, 'it ');
  await page.locator('.activitybar .action-label[aria-label*="Headlight"]').click();
  await webviewWith(page, '.token-view table');
  await runCommand(page, 'Headlight: Sort Heads');
  const choices = page.locator('.quick-input-list .monaco-list-row');
  await choices.filter({ hasText: 'previous' }).first().click();
  const heads = page.locator('.pane').filter({ has: page.locator('.title', { hasText: 'Heads' }) });
  await heads.locator('.pane-body .monaco-list-row').first().click();
  await says(panel, 'looks at');
}

/** What stands beside it moves: nothing is to be clicked before. @param {Scene['page']} page */
async function closeSideBar(page) {
  await page.keyboard.press('Control+b');
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
}

/** @param {Scene} scene */
async function poseNotebook(scene) {
  const { page, panel } = scene;
  await openFile(page, 'notebook.ipynb');
  await closeSideBar(page);
  await clickWord(page, 'A dog ate', 'it was');
  await inspectHere(scene);
  await chooseHead(panel, 'H3');
}

/** @param {Scene} scene */
async function poseChineseText(scene) {
  const { page, panel } = scene;
  await openFile(page, '中文.txt');
  await closeSideBar(page);
  await clickWord(page, '马路', '它');
  await inspectHere(scene);
  await chooseHead(panel, 'H0');
}

/** @type {readonly Shot[]} */
export const shots = [
  { name: 'screenshot-dark', theme: DARK, pose: poseIt },
  { name: 'screenshot-light', theme: LIGHT, pose: poseIt },
  { name: 'compare-dark', theme: DARK, pose: poseCompare },
  { name: 'compare-light', theme: LIGHT, pose: poseCompare },
  {
    name: 'hover-light',
    theme: LIGHT,
    hover: true,
    pose: async (scene) => {
      await poseIt(scene);
      await hoverWord(scene.page, TIRED, 'it ');
    },
  },
  {
    name: 'hover-contrast',
    theme: HIGH_CONTRAST,
    hover: true,
    pose: async (scene) => {
      await poseIt(scene);
      await hoverWord(scene.page, TIRED, 'it ');
    },
  },
  { name: 'heads-dark', theme: DARK, sideBar: true, pose: poseHeads },
  { name: 'heads-light', theme: LIGHT, sideBar: true, pose: poseHeads },
  { name: 'notebook-dark', theme: DARK, sideBar: true, pose: poseNotebook },
  { name: 'text-chinese-light', theme: LIGHT, sideBar: true, pose: poseChineseText },
  {
    name: 'head-dark',
    theme: DARK,
    pose: async (scene) => {
      await poseIt(scene);
      await scrollTo(scene.panel, '[role=tablist]');
    },
  },
  {
    name: 'cross-light',
    theme: LIGHT,
    pose: async ({ panel }) => {
      const output = panel.getByRole('listbox').nth(1).locator('.chip:not(.special)');
      const label = panel.locator('.chip-label', { hasText: /^\s*il\s*$/ });
      await output.filter({ has: label }).click();
      await chooseHead(panel, 'H3');
      await says(panel, 'H3');
    },
  },
  { name: 'chinese-light', theme: LIGHT, chinese: true, pose: poseIt },
  ...modelShots,
  ...theoryShots,
  ...filmShots,
];
