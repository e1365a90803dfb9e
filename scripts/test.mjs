// `npm test`: sets up what is missing, runs every part and ends with “N passed, N failed”.
// `npm test -- unit webview` runs only these parts (and install and build before them).
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { printTable } from './testing/outcome.mjs';
import { parts } from './testing/parts.mjs';

process.chdir(path.join(import.meta.dirname, '..'));

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => parts.every((part) => part.name !== name));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are:`);
  for (const { name, says } of parts) console.error(`  ${name.padEnd(14)}${says}`);
  process.exit(2);
}
await mkdir('out/results', { recursive: true });

/** @type {import('./testing/outcome.mjs').Outcome[]} */
const outcomes = [];
const failed = (/** @type {string} */ name) =>
  outcomes.some((outcome) => outcome.name === name && outcome.failed > 0);

/**
 * @param {import('./testing/parts.mjs').Part} part
 * @returns {Promise<import('./testing/outcome.mjs').Counts & { note?: string }>}
 */
async function outcomeOf(part) {
  const cannot = part.needsBuild === true && failed('build');
  if (cannot) return { passed: 0, failed: 1, skipped: 0, note: 'not run: the build failed' };
  try {
    return await part.run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0, note: 'could not run' };
  }
}

for (const part of parts) {
  if (part.always !== true && asked.length > 0 && !asked.includes(part.name)) continue;
  console.log(`\n── ${part.name}: ${part.says}`);
  const start = performance.now();
  const counts = await outcomeOf(part);
  outcomes.push({ name: part.name, ...counts, seconds: (performance.now() - start) / 1000 });
  if (failed('install')) break;
}
printTable(outcomes);
process.exit(outcomes.every((outcome) => outcome.failed === 0) ? 0 : 1);
