import { fileWith, MemoryFolder } from '../../unit/checkpoint/memoryFolder';
import type { Dice } from './fuzz/dice';
import { fuzz, type FuzzCase } from './fuzz/fuzzRun';
import { mutateBytes } from './fuzz/mutateBytes';
import { mutateJson } from './fuzz/mutateJson';
import { readWeights } from './fuzz/readWeights';

/** Types and the bytes of eight of their elements. */
const DTYPES: [dtype: string, bytesOfEight: number][] = [
  ...[['F32', 32] as const, ['F16', 16] as const, ['BF16', 16] as const, ['F64', 64] as const],
  ...[['I64', 64] as const, ['U8', 8] as const, ['BOOL', 8] as const, ['F8_E4M3', 8] as const],
  ...[['F4', 4] as const, ['F6_E2M3', 6] as const, ['X9', 8] as const],
].map(([dtype, bytes]) => [dtype, bytes]);
const SHAPES = [[8], [2, 4], [2, 2, 2], [1, 8, 1], [0, 8]];

/** A correct header over some tensors, and how many bytes of data it needs. */
function base(dice: Dice): { header: string; data: number } {
  const entries: string[] = dice.percent(40) ? ['"__metadata__":{"format":"pt"}'] : [];
  let at = 0;
  for (let i = dice.below(6); i > 0; i--) {
    const [dtype, bytes] = dice.pick(DTYPES);
    const shape = dice.pick(SHAPES);
    const end = at + (shape.includes(0) ? 0 : bytes);
    const entry = { dtype, shape, data_offsets: [at, end] };
    entries.push(`"layers.${i}.weight":${JSON.stringify(entry)}`);
    at = end;
  }
  return { header: `{${entries.join()}}`, data: at };
}

function caseOf(dice: Dice): FuzzCase {
  const { header, data } = base(dice);
  const written = dice.percent(75) ? mutateJson(dice, header) : header;
  const whole = fileWith(written, dice.percent(85) ? data : dice.below(data + 9));
  const bytes = dice.percent(25) ? mutateBytes(dice, whole) : whole;
  const folder = new MemoryFolder({ 'model.safetensors': bytes });
  return {
    input: Buffer.from(bytes).toString('latin1'),
    read: () => readWeights(folder, bytes.length),
  };
}

describe('damaged safetensors', function () {
  this.timeout(0); // each case has a limit of its own
  it('load or are refused', () => fuzz('safetensors', 0.35, caseOf));
});
