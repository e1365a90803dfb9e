import { Checkpoint } from '../../../src/checkpoint/checkpoint';
import { explainMissing } from '../../../src/checkpoint/missingWeights';
import type { FailureCode } from '../../../src/failure/messages';
import { describeFailure, translator } from '../../../src/language/translate';
import assert from 'node:assert/strict';
import { assertFails } from './assertFails';
import { MemoryFolder } from './memoryFolder';

/** Names in a folder without model.safetensors, the code, what was found, and words of the way out. */
const FORMS: [names: string[], code: FailureCode, found: string | undefined, remedy: string][] = [
  [[], 'checkpoint.missing', undefined, 'Choose the folder'],
  [['config.json', 'README.md'], 'checkpoint.missing', undefined, 'Choose the folder'],
  [['pytorch_model.bin'], 'checkpoint.format', 'pytorch_model.bin', 'safe_serialization=True'],
  [
    ['pytorch_model-00001-of-00002.bin', 'pytorch_model-00002-of-00002.bin'],
    'checkpoint.format',
    'pytorch_model-00001-of-00002.bin, pytorch_model-00002-of-00002.bin',
    'safe_serialization=True',
  ],
  [['consolidated.00.pth'], 'checkpoint.format', 'consolidated.00.pth', 'can run code'],
  [['model.ckpt'], 'checkpoint.format', 'model.ckpt', 'If you trust the file'],
  [['expected.safetensors'], 'checkpoint.missing', undefined, 'Choose the folder'],
  [['training_args.bin', 'optimizer.pt'], 'checkpoint.missing', undefined, 'Choose the folder'],
  [
    ['model.bin', 'optimizer.pt', 'rng_state_0.pth', 'scheduler.pt'],
    'checkpoint.format',
    'model.bin',
    'transformers',
  ],
  [['tf_model.h5'], 'checkpoint.framework', 'tf_model.h5', 'from_tf=True'],
  [['flax_model.msgpack'], 'checkpoint.framework', 'flax_model.msgpack', 'from_flax=True'],
  [['m.Q4_K_M.gguf'], 'checkpoint.otherForm', 'm.Q4_K_M.gguf', 'original checkpoint'],
  [['M.GGUF'], 'checkpoint.otherForm', 'M.GGUF', 'original checkpoint'],
  [['m.onnx', 'm.gguf'], 'checkpoint.otherForm', 'm.gguf, m.onnx', 'original checkpoint'],
  [
    ['model.onnx', 'model.onnx_data'],
    'checkpoint.otherForm',
    'model.onnx, model.onnx_data',
    'original checkpoint',
  ],
  [['model.tflite'], 'checkpoint.otherForm', 'model.tflite', 'original checkpoint'],
  [['consolidated.safetensors'], 'checkpoint.otherForm', 'consolidated.safetensors', 'original'],
  [['adapter_model.safetensors'], 'checkpoint.adapter', 'adapter_model.safetensors', 'Merge it'],
  [['pytorch_model.safetensors'], 'checkpoint.otherName', 'pytorch_model.safetensors', 'Rename'],
  [
    ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'],
    'checkpoint.otherName',
    'model-00001-of-00002.safetensors, model-00002-of-00002.safetensors',
    'download their index',
  ],
  // The form nearest to one that can be read decides; the others are named after it.
  [
    ['a.gguf', 'flax_model.msgpack', 'pytorch_model.bin', 'tf_model.h5'],
    'checkpoint.format',
    'pytorch_model.bin, tf_model.h5, flax_model.msgpack, …',
    'transformers',
  ],
  [['a.gguf', 'b.safetensors'], 'checkpoint.otherName', 'b.safetensors, a.gguf', 'Rename'],
];

describe('a folder without weights that can be read', () => {
  for (const [names, code, found, remedy] of FORMS) {
    it(`${names.join(', ') || 'empty'}: ${code}`, async () => {
      const folder = new MemoryFolder(Object.fromEntries(names.map((name) => [name, ''])));
      await assertFails(Checkpoint.open(folder), code, {
        folder: 'memory',
        ...(found && { found }),
      });
      assert.deepEqual(folder.ranges, [], 'no byte of any file was read');
      const words = describeFailure(
        await explainMissing(folder, 'model.safetensors'),
        translator({}),
      );
      assert.ok(words.includes(remedy), words);
      assert.doesNotMatch(words, /\{\w+\}/, 'every place is filled');
    });
  }

  it('explains a missing config.json by the form of the weights beside it', async () => {
    const explain = async (...names: string[]): Promise<string> => {
      const files = Object.fromEntries(names.map((name) => [name, '']));
      return (await explainMissing(new MemoryFolder(files), 'config.json')).code;
    };
    assert.equal(await explain('m.gguf'), 'checkpoint.otherForm');
    assert.equal(await explain('adapter_model.safetensors'), 'checkpoint.adapter');
    assert.equal(await explain('model.safetensors'), 'checkpoint.missing');
    assert.equal(await explain('model.safetensors', 'pytorch_model.bin'), 'checkpoint.missing');
    assert.equal(
      await explain('model.safetensors.index.json', 'a.safetensors'),
      'checkpoint.missing',
    );
  });
});
