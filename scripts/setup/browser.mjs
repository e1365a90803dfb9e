// A Chromium to look through: an installed one, or with root and apt one that is installed now.
import { existsSync } from 'node:fs';
import { must, onPath, outputOf } from './commands.mjs';

/** Latin and Chinese glyphs: without them a screenshot shows empty boxes. */
const FONT_PACKAGES = ['fonts-dejavu-core', 'fonts-noto-cjk'];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Where browsers lie that are not on PATH. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
];

/** The executable of an installed Chromium or Chrome (`CHROMIUM_PATH` goes first), or undefined. */
export function findBrowser() {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined) return given;
  return NAMES.map(onPath).find((file) => file !== undefined) ?? PLACES.find((f) => existsSync(f));
}

const canInstall = () => process.getuid?.() === 0 && onPath('apt-get') !== undefined;

/** True if a font for Chinese is known to be there, or nobody can tell. */
const hasChineseFont = () =>
  onPath('fc-list') === undefined || outputOf('fc-list', [':lang=zh', 'family']) !== '';

/** @param {readonly string[]} packages */
async function installWithApt(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await must('apt-get', ['update', '-qq'], { env });
  await must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
}

/** The executable of a browser, installed first where that is possible. */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found !== undefined && (hasChineseFont() || !canInstall())) return found;
  const packages = [...(found === undefined ? ['chromium'] : []), ...FONT_PACKAGES];
  if (!canInstall())
    throw new Error(
      `There is no Chromium or Chrome. Install one and start again:\n  sudo apt-get install -y ${packages.join(' ')}\nor set CHROMIUM_PATH to its executable.`,
    );
  console.log(`installing ${packages.join(', ')}`);
  await installWithApt(packages);
  const installed = findBrowser();
  if (installed === undefined) throw new Error('apt installed Chromium, but it is not on PATH.');
  return installed;
}
