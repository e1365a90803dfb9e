// The suite in the extension host of a real VS Code, through @vscode/test-electron whatever the VS Code is.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensureBrowser } from '../setup/browser.mjs';
import { installVscodeServer } from '../setup/vscodeServer.mjs';

/**
 * Which VS Code: `VSCODE_EXECUTABLE_PATH` (an installed desktop one), `VSCODE_TEST_TARGET=download`
 * (test-electron fetches `VSCODE_VERSION`), else the served one behind scripts/code.mjs.
 */
async function executable() {
  const desktop = process.env['VSCODE_EXECUTABLE_PATH'];
  if (desktop !== undefined) return { vscodeExecutablePath: desktop };
  if (process.env['VSCODE_TEST_TARGET'] === 'download')
    return { version: process.env['VSCODE_VERSION'] ?? 'stable' };
  await installVscodeServer();
  await ensureBrowser();
  return { vscodeExecutablePath: path.resolve('scripts', 'code.mjs') };
}

/**
 * @param {string} results file that the suite writes its counts to
 * @returns {Promise<number>} exit code
 */
export async function runIntegration(results) {
  const { runTests } = await import('@vscode/test-electron');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headlight-workspace-'));
  try {
    return await runTests({
      ...(await executable()),
      extensionDevelopmentPath: path.resolve('.'),
      extensionTestsPath: path.resolve('out', 'test', 'integration', 'suite.cjs'),
      launchArgs: [folder, '--disable-extensions', '--disable-telemetry', '--no-sandbox'],
      extensionTestsEnv: { HEADLIGHT_TEST_RESULTS: results },
    });
  } catch (error) {
    console.log(String(error));
    return 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
