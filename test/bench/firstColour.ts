// How soon after a selection the editor is coloured, in a real VS Code, of two builds in turns:
// `npm run bench -- first-colour --before DIR [--after DIR] [--rounds N] [--json FILE] [--built]`
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { complete } from '../../scripts/screenshots/scene.mjs';
import { ensureBrowser } from '../../scripts/setup/browser.mjs';
import { installVscodeServer } from '../../scripts/setup/vscodeServer.mjs';
import { addressOf } from '../../scripts/vscode/address.mjs';
import { clickWord } from '../../scripts/vscode/editorText.mjs';
import { startServer } from '../../scripts/vscode/server.mjs';
import {
  openBrowser,
  openFile,
  webviewWith,
  workbenchReady,
} from '../../scripts/vscode/workbench.mjs';
import { writeCheckpoint } from './randomCheckpoint';
import { SHAPES } from './shapes';
import { median } from './statistics';
import { vocabularyWords, writeVocabulary } from './vocabulary';

const ROUNDS = 5;
const TEXT_FILE = 'text.txt';
const KEYS = 'Control+Alt+h';
const TITLE = 'Headlight: Inspect Selection';
/** How long a palette that is open may lack the command: it does not refresh. */
const PALETTE_MS = 1500;

/** A model and what it reads: the first line with the engine not yet there, the others with it. */
interface Subject {
  readonly name: string;
  /** Null: the built-in one. */
  readonly model: string | null;
  readonly lines: readonly string[];
}

const SENTENCES = [
  "The animal didn't cross the street because it was too tired.",
  'A dog ate the food because it was hungry.',
  'We sold the boat to the company because it was old.',
  'The squirrel slept under the armchair in the park.',
];
/** Tokens of a line for the random encoder, its two special ones included. */
const ENCODER_TOKENS = 128;

/** Milliseconds from the key to the first colour of each line. */
type Waits = readonly number[];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      before: { type: 'string' },
      after: { type: 'string', default: '.' },
      rounds: { type: 'string', default: String(ROUNDS) },
      json: { type: 'string' },
      built: { type: 'boolean' },
    },
  });
  if (values.before === undefined) throw new Error('--before DIR: the folder of an older build');
  const builds = { before: path.resolve(values.before), after: path.resolve(values.after) };
  const temporary = await mkdtemp(path.join(os.tmpdir(), 'headlight-colour-'));
  try {
    const subjects: Subject[] = [
      { name: 'built-in model, a sentence', model: null, lines: SENTENCES },
      await randomEncoder(temporary),
    ];
    const found = subjects.map(({ name }) => ({
      name,
      before: [] as Waits[],
      after: [] as Waits[],
    }));
    for (let round = 0; round < Number(values.rounds); round++)
      for (const [i, subject] of subjects.entries())
        // Each goes first as often as the other.
        for (const build of round % 2 === 0
          ? (['before', 'after'] as const)
          : (['after', 'before'] as const)) {
          const waits = await measure(builds[build], subject, temporary);
          found[i]![build].push(waits);
          console.log(
            `${subject.name}, ${build}: ${waits.map((ms) => ms.toFixed(0)).join(', ')} ms`,
          );
        }
    const rows = found.flatMap(({ name, before, after }) =>
      (['first selection', 'later ones'] as const).map((which) => {
        const of = (waits: Waits): number =>
          which === 'first selection' ? waits[0]! : median(waits.slice(1));
        const ratios = after.map((waits, round) => of(waits) / of(before[round]!));
        const [old, now] = [median(before.map(of)), median(after.map(of))];
        return `| ${name}, ${which} | ${old.toFixed(0)} | ${now.toFixed(0)} | ${median(ratios).toFixed(2)} |`;
      }),
    );
    console.log(
      '\n| first colour in the editor, ms | before | after | ratio |\n| --- | --: | --: | --: |',
    );
    console.log(rows.join('\n'));
    if (values.json !== undefined)
      await writeFile(values.json, `${JSON.stringify({ builds, found }, null, 1)}\n`);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function randomEncoder(temporary: string): Promise<Subject> {
  const shape = SHAPES.find(({ name }) => name === 'bert')!;
  const model = await writeCheckpoint(temporary, shape);
  await writeVocabulary(model, shape.vocabulary);
  const words = vocabularyWords(shape.vocabulary);
  const lines = SENTENCES.map((_, line) =>
    Array.from(
      { length: ENCODER_TOKENS - 2 },
      (_, i) => words[(1 + line + 7 * i * (line + 1)) % words.length],
    ).join(' '),
  );
  return { name: `random 12 × 768 encoder, ${ENCODER_TOKENS} tokens`, model, lines };
}

/** Starts a VS Code with that build, has it read line after line. */
async function measure(build: string, subject: Subject, temporary: string): Promise<Waits> {
  const folder = await mkdtemp(path.join(temporary, 'folder-'));
  await writeFile(path.join(folder, TEXT_FILE), `${subject.lines.join('\n\n')}\n`);
  if (subject.model !== null) {
    await mkdir(path.join(folder, '.vscode'));
    const settings = { 'headlight.defaultModel': subject.model };
    await writeFile(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
  }
  // What is installed is what is packed: a checkout brings tests and packages that VS Code would watch.
  const extension = path.join(folder, '..', `extension-${path.basename(folder)}`);
  await mkdir(extension);
  for (const part of ['package.json', 'package.nls.json', 'dist', 'media'])
    await cp(path.join(build, part), path.join(extension, part), { recursive: true });
  const server = await startServer({
    installed: await installVscodeServer(),
    extensions: [extension],
  });
  const { browser, page } = await openBrowser(await ensureBrowser(), {
    viewport: { width: 1600, height: 1000 },
  });
  try {
    await page.goto(addressOf(server, { folder }));
    await workbenchReady(page);
    await openFile(page, TEXT_FILE);
    await commandIsThere(page);
    const waits: number[] = [];
    for (const line of subject.lines) waits.push(await firstColour(page, line));
    return waits;
  } catch (error) {
    const picture = path.resolve('out', 'bench', 'first-colour.png');
    await page.screenshot({ path: picture });
    console.log(`screenshot: ${picture}\n${server.log().slice(-1000)}`);
    throw error;
  } finally {
    await browser.close();
    await server.stop();
    await rm(extension, { recursive: true, force: true });
  }
}

/** Until the palette lists the command: what is pressed before the extension is read is lost. */
async function commandIsThere(page: Page): Promise<void> {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: TITLE }).first();
  do {
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input.input').first().fill(`>${TITLE}`);
  } while (!(await row.waitFor({ timeout: PALETTE_MS }).then(succeeded, failed)));
  await page.keyboard.press('Escape');
}

const succeeded = (): boolean => true;
const failed = (): boolean => false;

/** Selects a line, asks for its inspection, and waits until it is coloured and then read to the end. */
async function firstColour(page: Page, line: string): Promise<number> {
  const start = line.split(' ').slice(0, 3).join(' ');
  // A long line was read to its right end: back to where the next one begins.
  await page.keyboard.press('Home');
  await clickWord(page, start, start);
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.evaluate(watchColours, start);
  await page.keyboard.press(KEYS);
  const handle = await page.waitForFunction(
    () => (window as unknown as Watched).colouredAfter ?? false,
  );
  const milliseconds = Number(await handle.jsonValue());
  await complete(await webviewWith(page, '#app .header'));
  return milliseconds;
}

interface Watched {
  colouredAfter?: number | undefined;
}

/** In the page: from the next key with a letter to the first of our colours in the line that begins so. */
function watchColours(start: string): void {
  const here = window as unknown as Watched;
  here.colouredAfter = undefined;
  let pressed = 0;
  const onKey = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() === 'h') pressed = performance.now();
  };
  window.addEventListener('keydown', onKey, { capture: true });
  const observer = new MutationObserver(() => {
    if (pressed === 0) return;
    const line = [...document.querySelectorAll('.monaco-editor .view-line')].find((one) =>
      one.textContent?.replaceAll('\u00a0', ' ').startsWith(start),
    );
    if (line === undefined) return;
    const { top, bottom } = line.getBoundingClientRect();
    // VS Code names the classes of extensions' decorations so.
    const coloured = [...document.querySelectorAll('.view-overlays .cdr')].some((one) => {
      const box = one.getBoundingClientRect();
      const middle = (box.top + box.bottom) / 2;
      return /\bced-/.test(one.className) && middle > top && middle < bottom;
    });
    if (!coloured) return;
    here.colouredAfter = performance.now() - pressed;
    window.removeEventListener('keydown', onKey, { capture: true });
    observer.disconnect();
  });
  observer.observe(document.body, { subtree: true, childList: true, attributes: true });
}

void main().then(() => process.exit(0));
