// The addresses under which a served VS Code opens a folder.
import path from 'node:path';

/**
 * @typedef {object} Opening
 * @property {string} folder
 * @property {string} [file] to show at once
 * @property {readonly string[]} [extensions] folders of extensions under development (test driver only)
 * @property {string} [tests] module that exports run(), executed in the extension host (test driver only)
 */

/**
 * @param {import('./server.mjs').Server} server
 * @param {Opening} opening
 */
export function addressOf(server, { folder, file, extensions = [], tests }) {
  /** @param {string} place */
  const remote = (place) => `vscode-remote://127.0.0.1:${server.port}${path.resolve(place)}`;
  const payload = [
    ...extensions.map((extension) => ['extensionDevelopmentPath', remote(extension)]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
    ...(file === undefined ? [] : [['openFile', remote(file)]]),
  ];
  const address = new URL(server.origin);
  address.searchParams.set('folder', path.resolve(folder));
  if (payload.length > 0) address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}
