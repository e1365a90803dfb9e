// The views that say why: of “it” in the first sample, in the head that looks at the animal.
import { clickWord } from '../vscode/editorText.mjs';
import { chooseHead, DARK, LIGHT, says, scrollTo } from './scene.mjs';

/** @typedef {import('./scene.mjs').Scene} Scene */
/** @typedef {import('./scene.mjs').Shot} Shot */

const TIRED = 'was too tired.';
const HEAD = 'H3';

/**
 * @param {string} tab @param {string} there a selector of what is seen when the view is drawn
 * @param {(scene: Scene) => Promise<void>} [then]
 * @returns {(scene: Scene) => Promise<void>}
 */
const view = (tab, there, then) => async (scene) => {
  const { page, panel } = scene;
  await clickWord(page, TIRED, 'it ');
  await chooseHead(panel, HEAD);
  await says(panel, HEAD);
  await panel.getByRole('tab', { name: tab }).click();
  await panel.locator(there).filter({ visible: true }).first().waitFor();
  await then?.(scene);
  if (!then) await scrollTo(panel, '[role=tablist]');
};

/** Takes the scale away. @param {Scene} scene */
async function unscale({ panel }) {
  await panel.getByRole('button', { name: 'Leave out 1/√d_k' }).click();
  await panel.locator('.whatIf-panel canvas').nth(1).waitFor();
  await panel
    .getByText(/^The softmax /)
    .first()
    .waitFor();
  await scrollTo(panel, '[role=tablist]');
}

/** The chapter of scores, at its second step. @param {Scene} scene */
async function begin({ panel }) {
  await panel.getByRole('button', { name: 'Scores, scale, softmax' }).click();
  await panel.getByRole('button', { name: 'Next' }).click();
  await panel.getByText(/^2 of \d$/).waitFor();
}

/** @type {Readonly<Record<string, (scene: Scene) => Promise<void>>>} */
const poses = {
  steps: view('Steps', '.steps-panel table'),
  heads: view('Heads', '.heads-panel table'),
  'what-if': view('What if', '.whatIf-panel button', unscale),
  map: view('Map', '.map-panel svg [role=option]'),
  tour: view('“it” tour', '.tour-panel table'),
  learn: view('Learn', '.learn-panel ol'),
  chapter: view('Learn', '.learn-panel ol', begin),
  ideas: view('Positions', '.positions-panel canvas'),
};

/** @type {readonly Shot[]} */
export const theoryShots = Object.entries(poses).flatMap(([name, pose]) => [
  { name: `theory/${name}-dark`, theme: DARK, pose },
  { name: `theory/${name}-light`, theme: LIGHT, pose },
]);
