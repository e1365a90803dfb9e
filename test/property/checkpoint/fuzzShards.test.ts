import { safetensorsBytes } from '../../../src/checkpoint/writeSafetensors';
import { MemoryFolder } from '../../unit/checkpoint/memoryFolder';
import type { Dice } from './fuzz/dice';
import { fuzz, type FuzzCase } from './fuzz/fuzzRun';
import { mutateBytes } from './fuzz/mutateBytes';
import { mutateJson } from './fuzz/mutateJson';
import { readWeights } from './fuzz/readWeights';

const INDEX = 'model.safetensors.index.json';

/** A correct index over up to four shards of up to three tensors each. */
function base(dice: Dice): Record<string, Uint8Array> {
  const count = 1 + dice.below(4);
  const files: Record<string, Uint8Array> = {};
  const map: Record<string, string> = {};
  for (let i = 1; i <= count; i++) {
    const file = `model-0000${i}-of-0000${count}.safetensors`;
    const names = Array.from({ length: 1 + dice.below(3) }, (_, j) => `layers.${i}.${j}`);
    for (const name of names) map[name] = file;
    files[file] = safetensorsBytes(
      names.map((name) => ({ name, shape: [2], data: Float32Array.of(1, 2) })),
    );
  }
  const index = { metadata: { total_size: 8 * Object.keys(map).length }, weight_map: map };
  return { [INDEX]: Buffer.from(JSON.stringify(index)), ...files };
}

function caseOf(dice: Dice): FuzzCase {
  const files = base(dice);
  if (dice.percent(80)) {
    const index = Buffer.from(files[INDEX]!).toString('utf8');
    files[INDEX] = Buffer.from(mutateJson(dice, index));
  }
  if (dice.percent(30)) {
    const file = dice.pick(Object.keys(files));
    files[file] = mutateBytes(dice, files[file]!);
  }
  if (dice.percent(5)) delete files[dice.pick(Object.keys(files))];
  const size = Object.values(files).reduce((sum, { length }) => sum + length, 0);
  const folder = new MemoryFolder(files);
  const index = Buffer.from(files[INDEX] ?? []).toString('latin1');
  return { input: { index, files: Object.keys(files) }, read: () => readWeights(folder, size) };
}

describe('damaged shard indices', function () {
  this.timeout(0); // each case has a limit of its own
  it('load or are refused', () => fuzz('shard indices', 0.15, caseOf));
});
