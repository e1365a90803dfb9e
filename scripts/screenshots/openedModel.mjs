// Folders made for a picture, and how a reader gets from a text and a model to the model's reading.
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { clickWord } from '../vscode/editorText.mjs';
import { chooseInExplorerMenu } from '../vscode/explorerMenu.mjs';
import { openFile, webviewWith } from '../vscode/workbench.mjs';
import { complete } from './scene.mjs';

/** @typedef {import('./scene.mjs').Reading} Reading */

const TEXT_FILE = 'text.txt';
/** What a checkpoint consists of: without the README.md, so that its card is the one Headlight writes. */
const isOfCheckpoint = (/** @type {string} */ file) => !/(README\.md|expected\.json)$/.test(file);

/**
 * A temporary folder; whoever makes it removes it, with the one around it.
 * @param {Reading} reading
 */
export async function folderWith({ model, text }) {
  const folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'headlight-')), 'my-models');
  await mkdir(folder);
  await writeFile(path.join(folder, TEXT_FILE), `${text}\n`);
  const from = path.join('test', 'fixtures', 'models', model);
  await cp(from, path.join(folder, model), { recursive: true, filter: isOfCheckpoint });
  return folder;
}

/**
 * The sample with another file in it, likewise.
 * @param {{ name: string, lines: readonly string[] }} file
 */
export async function sampleWith({ name, lines }) {
  const folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'headlight-')), 'sample');
  await cp('sample', folder, { recursive: true });
  await writeFile(path.join(folder, name), lines.map((line) => `${line}\n`).join(''));
  return folder;
}

/**
 * Opens the model from the explorer and has it read the text; returns the panel.
 * @param {import('playwright-core').Page} page
 * @param {Reading} reading
 */
export async function readWith(page, { model, text }) {
  await openFile(page, TEXT_FILE);
  await chooseInExplorerMenu(page, model, 'Headlight: Open Model…');
  // It is shown in the Models view, in place of the explorer.
  const row = page.locator('.pane .monaco-list-row', { hasText: model });
  await row.filter({ hasText: 'loaded' }).waitFor();
  await clickWord(page, text, text);
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.keyboard.press('Control+Alt+h');
  const panel = await webviewWith(page, '#app .header');
  await complete(panel);
  return panel;
}
