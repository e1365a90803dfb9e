import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Checkpoint } from '../../../src/checkpoint/checkpoint';
import { safetensorsBytes, type WritableTensor } from '../../../src/checkpoint/writeSafetensors';
import { Failure } from '../../../src/failure/failure';
import { fileWith, MemoryFolder } from '../../unit/checkpoint/memoryFolder';

const shapes = fc.array(fc.nat(5), { maxLength: 4 });

const tensors: fc.Arbitrary<WritableTensor[]> = fc
  .uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), shapes, fc.boolean(), fc.nat()), {
    maxLength: 6,
    selector: ([name]) => name,
  })
  .map((list) =>
    list
      .filter(([name]) => name !== '__metadata__')
      .map(([name, shape, float, seed]) => {
        const length = shape.reduce((product, size) => product * size, 1);
        const values = Array.from({ length }, (_, i) => (seed % 997) - i * 7);
        const data = float ? Float32Array.from(values, (v) => v / 8) : Int32Array.from(values);
        return { name, shape, data };
      }),
  );

/** Opens and reads everything; only a Failure may come out of damaged bytes. */
async function readAll(bytes: Uint8Array): Promise<Map<string, number[]> | null> {
  const folder = new MemoryFolder({ 'model.safetensors': bytes });
  try {
    const checkpoint = await Checkpoint.open(folder);
    const all = new Map<string, number[]>();
    for (const name of checkpoint.names) {
      all.set(name, [...(await checkpoint.read(name, checkpoint.entry(name)!.shape))]);
    }
    await checkpoint.close();
    return all;
  } catch (error) {
    assert.ok(error instanceof Failure, String(error));
    assert.notEqual(error.code, 'internal.unexpected');
    return null;
  } finally {
    assert.ok(folder.openFiles <= 1);
  }
}

describe('safetensors', () => {
  it('reads what the writer wrote', () =>
    fc.assert(
      fc.asyncProperty(tensors, fc.dictionary(fc.string(), fc.string()), async (list, metadata) => {
        const all = await readAll(safetensorsBytes(list, metadata));
        assert.ok(all);
        assert.deepEqual([...all.keys()].sort(), list.map(({ name }) => name).sort());
        for (const { name, data } of list) assert.deepEqual(all.get(name), [...data]);
      }),
    ));

  it('answers damaged bytes with a Failure, never with an exception', () =>
    fc.assert(
      fc.asyncProperty(
        tensors,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.option(fc.nat()),
        async (list, edits, cut) => {
          const bytes = safetensorsBytes(list, { format: 'pt' });
          for (const [at, value] of edits) bytes[at % bytes.length] = value;
          await readAll(cut === null ? bytes : bytes.slice(0, cut % bytes.length));
        },
      ),
      { numRuns: 500 },
    ));

  it('answers any JSON header with a Failure or with tensors', () =>
    fc.assert(
      fc.asyncProperty(fc.json(), fc.nat(64), async (json, data) => {
        await readAll(fileWith(json, data));
      }),
      { numRuns: 500 },
    ));
});
