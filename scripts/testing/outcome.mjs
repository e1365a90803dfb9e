// What a part of the tests comes to, and the table at the end.
import { readFile, rm } from 'node:fs/promises';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {Counts & { name: string, seconds: number, note?: string }} Outcome */

/**
 * A check is one test.
 * @param {number} exitCode
 * @returns {Counts}
 */
export const checkCounts = (exitCode) => ({
  passed: exitCode === 0 ? 1 : 0,
  failed: exitCode === 0 ? 0 : 1,
  skipped: 0,
});

/** @typedef {Counts & { ended: boolean, complaints: string[] }} Results what reporter.cjs writes */

/**
 * Runs something that writes results into a file. They are believed only together with the exit
 * code; without them, or without an end, the part has failed.
 * @param {string} file
 * @param {() => Promise<number>} execute
 * @returns {Promise<Counts>}
 */
export async function countsFrom(file, execute) {
  await rm(file, { force: true });
  const exitCode = await execute();
  /** @type {Results | undefined} */
  const results = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
  if (results === undefined) return checkCounts(1);
  const { passed, failed, skipped, ended, complaints } = results;
  if (!ended) for (const complaint of complaints) console.log(`\n${complaint}`);
  const bad = !ended || passed + failed === 0 || (exitCode !== 0 && failed === 0);
  return { passed, failed: bad ? failed + 1 : failed, skipped };
}

/**
 * The closing table and, alone on the last line, the sum.
 * @param {readonly Outcome[]} outcomes
 */
export function printTable(outcomes) {
  const number = (/** @type {number} */ value) => String(value === 0 ? '·' : value).padStart(8);
  console.log(`\n${'part'.padEnd(12)}  passed  failed skipped       s`);
  for (const { name, passed, failed, skipped, seconds, note = '' } of outcomes)
    console.log(
      name.padEnd(12) +
        [passed, failed, skipped].map(number).join('') +
        seconds.toFixed(1).padStart(8) +
        (note === '' ? '' : `  ${note}`),
    );
  const sum = (/** @type {'passed' | 'failed' | 'skipped' | 'seconds'} */ key) =>
    outcomes.reduce((total, outcome) => total + outcome[key], 0);
  console.log(`${'total'.padEnd(36)}${sum('seconds').toFixed(1).padStart(8)}`);
  if (sum('skipped') > 0) console.log(`${sum('skipped')} skipped: see above why.`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
}
