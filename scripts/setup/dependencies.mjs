// The development packages: exactly those of package-lock.json, installed only if something differs.
import { readFile } from 'node:fs/promises';
import { must, npm } from './commands.mjs';

/** Version of Node.js from which everything here runs (`require` of ES modules, `import.meta.dirname`). */
const OLDEST_NODE = [20, 19];

/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lockfile */

/**
 * @param {string} file
 * @returns {Promise<Lockfile>}
 */
const readLockfile = async (file) => JSON.parse(await readFile(file, 'utf8'));

/** Names of the packages that are missing or of another version than the lock file says. */
async function differences() {
  const wanted = await readLockfile('package-lock.json');
  /** @type {Lockfile} */
  const present = await readLockfile('node_modules/.package-lock.json').catch(() => ({
    packages: {},
  }));
  return Object.entries(wanted.packages)
    .filter(([place, entry]) => place !== '' && entry.optional !== true)
    .filter(([place, entry]) => present.packages[place]?.version !== entry.version)
    .map(([place]) => place.replace('node_modules/', ''));
}

/** Makes node_modules what the lock file says. */
export async function installDependencies() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor))
    throw new Error(
      `Node.js ${process.versions.node} is too old: install ${OLDEST_NODE.join('.')} or newer.`,
    );
  const missing = await differences();
  if (missing.length === 0) return;
  console.log(`npm ci (${missing.length} packages differ, first ${missing[0]})`);
  await must(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
}
