// What poses are made of: a reader's steps, each waiting for what it leads to.

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */
/** @typedef {{ page: Page, panel: Frame }} Scene */

/**
 * What is inspected when a pose begins: a text, read by one of our models for tests.
 * @typedef {object} Reading
 * @property {string} model a folder of test/fixtures/models
 * @property {string} text
 */

/**
 * @typedef {object} Shot
 * @property {string} name of the file
 * @property {string} theme
 * @property {boolean} [chinese]
 * @property {boolean} [sideBar] is open when the pose begins
 * @property {boolean} [hover] is part of the picture: the mouse stays where the pose left it
 * @property {Reading} [reading] else the first sentence of the sample, read by the built-in model
 * @property {{ name: string, lines: readonly string[] }} [file] stands in the folder beside the sample
 * @property {(scene: Scene) => Promise<void>} pose
 */

export const DARK = 'Default Dark Modern';
export const LIGHT = 'Default Light Modern';
export const HIGH_CONTRAST = 'Default High Contrast';

/** The last control of its row that chooses heads. @param {Frame} panel @param {string} head */
export const chooseHead = (panel, head) =>
  panel.locator('.controls select:visible').last().selectOption({ label: head });

/** @param {Frame} panel @param {string} words that the panel says of the row it shows */
export const says = (panel, words) => panel.locator('.statement', { hasText: words }).waitFor();

/** @param {Frame} panel */
export const complete = (panel) =>
  panel.locator('.header .state', { hasText: /Complete in|已完成/ }).waitFor();

/** @param {Frame} panel @param {string} selector */
export const scrollTo = (panel, selector) =>
  panel
    .locator(selector)
    .first()
    .evaluate((one) => one.scrollIntoView({ block: 'start' }));
