// A generation as a film, step by step, and what else can be done with an output.
import { clickWord } from '../vscode/editorText.mjs';
import { chooseInExplorerMenu } from '../vscode/explorerMenu.mjs';
import { webviewWith } from '../vscode/workbench.mjs';
import { foldView } from './modelPoses.mjs';
import { complete, DARK, LIGHT, scrollTo } from './scene.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */
/** @typedef {import('./scene.mjs').Scene} Scene */
/** @typedef {import('./scene.mjs').Shot} Shot */

/** The step that writes “il” for the first sample's “it”. */
const STEP = 14;
/** Right for the second sample, whose street is too wide. */
const OWN = "L'animal n'a pas traversé la rue parce qu'elle était trop large.";
const LAST_STEP = 19;
const OUTPUT = "L'animal n'a pas traversé la rue";

/** A sentence, a tab and a reference each. */
const PAIRS = [
  ['The animal was tired.', "L'animal était fatigué."],
  ['Where did you learn to speak French?', 'Où as-tu appris à parler français ?'],
  ['She closed the door quietly.', 'Elle ferma doucement la porte.'],
  ['We are going to the market tomorrow.', 'Nous allons au marché demain.'],
  ['I have never been there before.', "Je n'y suis jamais allé auparavant."],
  ['Nobody knows why he left.', 'Personne ne sait pourquoi il est parti.'],
  ['It was raining when we arrived.', 'Il pleuvait quand nous sommes arrivés.'],
  ['My brother is taller than I am.', 'Mon frère est plus grand que moi.'],
];

/** @param {Frame} panel @param {RegExp | string} words */
const standsAt = (panel, words) => panel.locator('.film-step').filter({ hasText: words }).waitFor();

/** Opens the view and winds it on to the step. @param {Scene} scene */
async function wind({ page, panel }, step = STEP) {
  await panel.locator('#tab-film').click();
  await panel.locator('.scrub').focus();
  await page.keyboard.press('Home');
  await standsAt(panel, /^(Step 1 of|第 1 步)/);
  for (let i = 1; i < step; i++) await page.keyboard.press('ArrowRight');
  await standsAt(panel, new RegExp(`^(Step ${step} of|第 ${step} 步)`));
  await panel.locator('.film-cards canvas').first().waitFor();
}

/** Waits for the run that a pose has asked for, then shows the card. @param {Frame} panel @param {string} card */
async function showCard(panel, card) {
  await complete(panel);
  await scrollTo(panel, card);
}

/** The growing triangle over what was computed once. @param {Scene} scene */
async function poseTriangle(scene) {
  await wind(scene);
  const encoder = scene.panel.locator('section.film-encoder');
  await encoder.evaluate((card) => card.scrollIntoView({ block: 'end' }));
}

/** @param {Scene} scene */
async function poseBeams({ page, panel }) {
  await panel.locator('#tab-film').click();
  await panel.getByRole('button', { name: 'Beam search' }).click();
  await panel.locator('#writing-beams').press('Enter');
  await panel.locator('.beams-card .hypotheses').getByText('on screen').waitFor();
  await wind({ page, panel }, LAST_STEP);
  await showCard(panel, '.search-card');
}

/** Another token at the step, then another text. @param {Scene} scene */
async function poseBranches({ page, panel }) {
  await wind({ page, panel });
  const elle = panel.locator('.film-candidates tr', { hasText: 'elle' });
  await elle.getByRole('button').click();
  await standsAt(panel, /: elle$/);
  await complete(panel);
  await wind({ page, panel }, STEP - 4);
  await panel.locator('.film-branch input').fill(' route');
  await panel.locator('.film-branch input').press('Enter');
  await standsAt(panel, /: route$/);
  await panel.locator('.branch', { hasText: 'route' }).waitFor();
  await showCard(panel, '.branches-card');
}

/** @param {Scene} scene */
async function poseForced({ panel }) {
  await panel.locator('#tab-film').click();
  await panel.locator('.forced-text').fill(OWN);
  await panel.getByRole('button', { name: 'Force it' }).click();
  await panel.locator('.loss-bars').waitFor();
  await showCard(panel, '.forced-form');
}

/** The cursor in the output: the text shows what was looked at. @param {Scene} scene */
async function poseOutput({ page, panel }) {
  await wind({ page, panel });
  await panel.getByRole('button', { name: 'Open Output Beside' }).click();
  await clickWord(page, OUTPUT, 'animal');
  await standsAt(panel, /: animal$/);
  await scrollTo(panel, '.film-stage');
}

/** @param {Scene} scene */
async function poseScores({ page, panel }) {
  await chooseInExplorerMenu(page, 'pairs.tsv', 'Headlight: Translate and Score File');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'pairs.tsv' }).waitFor();
  await page.keyboard.press('Enter');
  const toast = page.locator('.notifications-toasts');
  await toast.getByRole('button', { name: 'Show Scores' }).click();
  const worst = page.locator('.pane .monaco-list-row', { hasText: 'She closed the door' });
  await worst.click();
  await panel.getByText('pairs.tsv:3').first().waitFor();
  await panel.locator('#tab-film').click();
  await foldView(page, 'Heads');
  await webviewWith(page, '.token-view table');
  await complete(panel);
}

/** @param {Scene} scene */
async function poseCache({ page, panel }) {
  await wind({ page, panel });
  await panel.getByRole('button', { name: 'Measure with and without the cache' }).click();
  await panel.getByText('the same to the last bit').waitFor();
  await panel
    .getByRole('heading', { name: 'The cache of keys and values' })
    .scrollIntoViewIfNeeded();
  await scrollTo(panel, '.cache-words');
}

/** @param {(scene: Scene) => Promise<void>} pose @param {string} place @returns {(scene: Scene) => Promise<void>} */
const then = (pose, place) => async (scene) => {
  await pose(scene);
  await scrollTo(scene.panel, place);
};

/** @type {readonly Shot[]} */
export const filmShots = [
  { name: 'film/film-dark', theme: DARK, pose: then(wind, '[role=tablist]') },
  { name: 'film/film-triangle-light', theme: LIGHT, pose: poseTriangle },
  {
    name: 'film/film-chinese-light',
    theme: LIGHT,
    chinese: true,
    pose: then(wind, '[role=tablist]'),
  },
  { name: 'film/beams-dark', theme: DARK, pose: poseBeams },
  { name: 'film/branches-light', theme: LIGHT, pose: poseBranches },
  { name: 'film/forced-dark', theme: DARK, pose: poseForced },
  { name: 'film/output-light', theme: LIGHT, pose: poseOutput },
  {
    name: 'film/scores-dark',
    theme: DARK,
    sideBar: true,
    file: { name: 'pairs.tsv', lines: PAIRS.map((pair) => pair.join('\t')) },
    pose: poseScores,
  },
  { name: 'film/cache-light', theme: LIGHT, pose: poseCache },
];
