// Runs a test suite in the extension host of a served VS Code and decides whether it passed.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import util from 'node:util';
import { addressOf } from './address.mjs';
import { startServer } from './server.mjs';
import { openBrowser } from './workbench.mjs';

/** What VS Code itself says while it starts; it would bury the tests. `HEADLIGHT_VERBOSE=1` shows it. */
const CHATTER =
  /^\s*$|^(Resolv(ing|ed) connection token|Creating a socket|\[reconnection-grace-time\]|Updating additional builtin|\[AgentHost:|\[AccountPolicyGate\]|Starting local extension host|Activating|(Error: )?Could not locate the bindings|\[Service Worker\] registration|(Error: )?Cannot find module '.\/build\/|MCP migration|Canceled)|Ignoring fetching additional builtin|TCP\.onStreamRead/;

/**
 * @typedef {object} ExtensionTests
 * @property {import('../setup/vscodeServer.mjs').InstalledServer} installed
 * @property {string} browser executable
 * @property {readonly string[]} extensions folders under development
 * @property {string} tests module that exports run()
 * @property {string} folder to open
 * @property {string} results file that the suite writes
 * @property {number} timeoutMs
 */

/**
 * Why the results do not count as passed, or undefined.
 * @param {string} file
 */
async function complaintAbout(file) {
  if (!existsSync(file)) return 'the suite wrote no results';
  const { passed, failed, ended } = JSON.parse(await readFile(file, 'utf8'));
  if (ended !== true) return 'the suite did not end';
  if (failed > 0) return `${failed} tests failed`;
  return passed > 0 ? undefined : 'no test ran';
}

/**
 * VS Code says 0 even when the extension host crashed. So: its code is 0, and the suite's own
 * results say so, and no extension host died.
 * @param {ExtensionTests} options
 * @returns {Promise<number>} exit code
 */
export async function runExtensionTests(options) {
  const { installed, extensions, tests, folder, results, timeoutMs } = options;
  const server = await startServer({
    installed,
    testDriver: true,
    env: { HEADLIGHT_TEST_RESULTS: results },
  });
  const { browser, page } = await openBrowser(options.browser);
  try {
    const ended = new Promise((/** @type {(how: number | string) => void} */ resolve) => {
      setTimeout(() => resolve(`no end within ${timeoutMs / 1000} s`), timeoutMs).unref();
      page.on('crash', () => resolve('the page crashed'));
      void server.ended.then(() => resolve('the server ended'));
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    /** @param {string} _type @param {unknown[]} args */
    const show = (_type, args) => {
      const line = util.format(...args);
      if (process.env['HEADLIGHT_VERBOSE'] !== undefined || !CHATTER.test(line)) console.log(line);
    };
    await page.exposeFunction('codeAutomationLog', show);
    page.on('pageerror', (error) => console.log(`page error: ${error.message}`));
    await page.goto(addressOf(server, { folder, extensions, tests }));
    const how = await ended;
    const died = /Extension Host Process exited with code: (?!0\b).*/.exec(server.log())?.[0];
    const complaints = [
      typeof how === 'string' ? how : how === 0 ? undefined : `VS Code ended with ${how}`,
      died,
      await complaintAbout(results),
    ].filter((complaint) => complaint !== undefined);
    if (complaints.length === 0) return 0;
    console.log(complaints.join('; '));
    if (typeof how === 'string') {
      const picture = path.join(os.tmpdir(), 'headlight-extension-tests.png');
      await page.screenshot({ path: picture });
      console.log(`${server.log().slice(-3000)}\nscreenshot: ${picture}`);
    }
    return 1;
  } finally {
    await browser.close();
    await server.stop();
  }
}
