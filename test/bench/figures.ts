// What else there is to know: an edit, pictures and how they are drawn, what 8 bits cost.
// Arguments: number of threads, folder of the random models.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { startBackend } from '../../src/engine/backend';
import type { EngineOptions } from '../../src/protocol/engineOptions';
import { editToUpdate } from './editToUpdate';
import { int8Accuracy } from './int8Accuracy';
import { pictureFigures } from './pictureFigures';
import type { Figure } from './record';
import { SHAPES } from './shapes';
import { median } from './statistics';

/** The text that is edited: as long as the target says. */
const EDITED_TOKENS = 512;
const EDITS = 9;

/** A few texts of the kind that each model was trained on. */
const READ_BY: Readonly<Record<string, readonly string[]>> = {
  'media/models/translate-en': [
    "The animal didn't cross the street because it was too tired.",
    'A dog ate the food because it was hungry.',
    'The trophy does not fit in the suitcase because it is too big.',
    'We sold the boat to the company because it was old.',
    'The squirrel slept under the armchair in the park.',
  ],
  'test/fixtures/models/masked-words': ['We drank hot [MASK].', 'Every [MASK] sleeps at night.'],
  'test/fixtures/models/feelings': ['The concert was very strange.', 'I loved the long evening.'],
  'test/fixtures/models/stories-rotary': [
    'Anna has a green book. Ben has a white drum. One day,',
    'Tom has a red ball. Lily has a blue hat. One day,',
  ],
  'test/fixtures/models/stories-alibi': ['Anna has a green book. Ben has a white drum. One day,'],
};

async function main(): Promise<void> {
  const [threads, models = ''] = [Number(process.argv[2]), process.argv[3]];
  const options: EngineOptions = {
    wasmDirectory: path.resolve('dist', 'wasm'),
    backend: 'wasm',
    kernels: 'own',
    threads,
    relaxedSimd: true,
    sharedMemory: true,
    memoryBudgetBytes: 2 ** 30,
  };
  const figures: Figure[] = [
    ...(await editFigures(options, models)),
    ...(await pictureFigures(options, models)),
    ...(await accuracyFigures(options)),
  ];
  console.log(JSON.stringify(figures));
  // Threads of kernels would keep the process alive.
  process.exit(0);
}

async function editFigures(options: EngineOptions, models: string): Promise<Figure[]> {
  const shape = SHAPES.find(({ family }) => family === 'gpt2')!;
  const folder = path.join(models, shape.name);
  if (!existsSync(folder)) return [];
  const { editMs, picturesMs, stepMs } = await editToUpdate(options, {
    folder,
    vocabulary: shape.vocabulary,
    tokens: EDITED_TOKENS,
    rounds: EDITS,
  });
  const steps = (times: readonly number[]): number =>
    median(times.map((ms, edit) => ms / stepMs[edit]!));
  const what = `one token appended to ${EDITED_TOKENS}, ${shape.title}`;
  const how = 'engine’s messages';
  return [
    { what: `${what}: until the run has finished`, value: median(editMs), unit: 'ms', how },
    { what: `${what}: until all pictures are there`, value: median(picturesMs), unit: 'ms', how },
    { what: 'a step of decoding beside it', value: median(stepMs), unit: 'ms', how: 'in turns' },
    { what: 'edit ÷ step', value: steps(editMs), unit: '×', how: 'median of pairs' },
    { what: 'edit with pictures ÷ step', value: steps(picturesMs), unit: '×', how: 'the same' },
  ];
}

async function accuracyFigures(options: EngineOptions): Promise<Figure[]> {
  await startBackend(options);
  const figures: Figure[] = [];
  for (const [folder, texts] of Object.entries(READ_BY)) {
    const found = await int8Accuracy(path.resolve(folder), texts);
    const how = `${found.tokens} tokens; mean ${found.meanWeight.toExponential(1)}; logits within ${found.largestLogit.toFixed(2)} of a range of ${found.logitRange.toFixed(0)}`;
    const model = `8 bits, ${found.model}`;
    const largest = { what: `${model}: largest error of a weight`, value: found.largestWeight };
    figures.push({ ...largest, unit: '', how });
    const same = Number.isNaN(found.sameFirst) ? null : 100 * found.sameFirst;
    figures.push({ what: `${model}: same first answer`, value: same, unit: '%', how: '' });
  }
  return figures;
}

void main();
