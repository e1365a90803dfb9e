// Running other programs from the scripts: their output is ours, and a failure says which line failed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Runs a program to its end with our own standard streams.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code; 1 if a signal ended it
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * Like `run`, but anything except success is an error.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export async function must(program, args, options) {
  const code = await run(program, args, options);
  if (code !== 0)
    throw new Error(`“${[program, ...args].join(' ')}” ended with exit code ${code}.`);
}

/**
 * The standard output of a program.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export function outputOf(program, args, options = {}) {
  const result = spawnSync(program, args, { encoding: 'utf8', ...options });
  if (result.status === 0) return result.stdout.trim();
  const line = [program, ...args].join(' ');
  throw result.error ?? new Error(`“${line}” failed:\n${result.stdout}${result.stderr}`);
}

/**
 * Where a program lies on PATH, or undefined.
 * @param {string} name
 */
export function onPath(name) {
  const suffixes = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => suffixes.map((suffix) => path.join(folder, name + suffix)))
    .find((file) => existsSync(file));
}

/** npm as it was started, so that the same npm serves the whole run. */
export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
