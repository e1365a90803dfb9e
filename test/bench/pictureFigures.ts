import { existsSync } from 'node:fs';
import path from 'node:path';
import { serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { weightScale } from '../../src/palette/weightScale';
import type { FromEngine, ToEngine } from '../../src/protocol/engineMessages';
import type { EngineOptions } from '../../src/protocol/engineOptions';
import type { Picture } from '../../src/protocol/wireTensor';
import { largestIn, pixelsOf, rasterOfPixels } from '../../webview/drawing/raster';
import type { Figure } from './record';
import { SHAPES } from './shapes';
import { median } from './statistics';
import { vocabularyWords, writeVocabulary } from './vocabulary';

/** Words of the text; the encoder puts two tokens around them. */
const WORDS = 510;
/** A small matrix of the overview, and the large one, in pixels of the screen. */
const SIZES = [40, 460] as const;
const TRIES = 15;

/** What the panel is sent of a long text, and how long its pixels take. */
export async function pictureFigures(options: EngineOptions, models: string): Promise<Figure[]> {
  const shape = SHAPES.find(({ name }) => name === 'bert')!;
  const folder = path.join(models, shape.name);
  if (!existsSync(folder)) return [];
  await writeVocabulary(folder, shape.vocabulary);
  const text = vocabularyWords(shape.vocabulary).slice(0, WORDS).join(' ');
  const messages = await runOf(options, folder, text);
  const pictures = messages.flatMap((message) =>
    message.type === 'picture' ? [message.picture] : [],
  );
  const bytesOf = (some: readonly FromEngine[]): number =>
    some.reduce((sum, message) => sum + serialize(message).byteLength, 0);
  const others = messages.filter(({ type }) => type !== 'picture');
  const what = `${shape.title}, ${WORDS + 2} tokens`;
  const how = `${pictures.length} layers of ${shape.heads} heads, structured clone`;
  return [
    {
      what: `${what}: pictures to the panel`,
      value: bytesOf(messages.filter(({ type }) => type === 'picture')) / 2 ** 20,
      unit: 'MB',
      how,
    },
    {
      what: `${what}: all other messages of the run`,
      value: bytesOf(others) / 2 ** 10,
      unit: 'kB',
      how: `${others.length} messages`,
    },
    ...SIZES.map((size) => ({
      what: `${what}: drawing a matrix, ${size} × ${size} pixels`,
      value: rasterMs(pictures[0]!, size),
      unit: 'ms',
      how: 'the panel’s own code in Node.js, median of all heads',
    })),
  ];
}

/** All messages of one run in the product's worker thread. */
async function runOf(options: EngineOptions, model: string, text: string): Promise<FromEngine[]> {
  const script = path.resolve('dist', 'engine', 'worker.js');
  const worker = new Worker(script, { workerData: options });
  const messages: FromEngine[] = [];
  const send = (message: ToEngine): void => worker.postMessage(message);
  let missing = Number.POSITIVE_INFINITY;
  try {
    await new Promise<void>((resolve, reject) => {
      let finished = false;
      worker.on('error', reject);
      worker.on('message', (message: FromEngine) => {
        messages.push(message);
        if (message.type === 'planned') missing = message.plan.model.layers.encoder;
        if (message.type === 'picture') missing--;
        if (message.type === 'finished') {
          finished = true;
          if (message.outcome !== 'complete') reject(new Error(JSON.stringify(message.failure)));
        }
        if (finished && missing === 0) resolve();
      });
      send({
        type: 'run',
        trace: 'pictures',
        model,
        text,
        pair: null,
        language: null,
        writing: null,
        trainedTokens: null,
        preview: 'off',
      });
      send({ type: 'credit', trace: 'pictures', pictures: 64 });
    });
  } finally {
    await worker.terminate();
  }
  return messages;
}

/** Milliseconds until a matrix of a picture is pixels of the screen. */
function rasterMs(picture: Picture, size: number): number {
  const scale = weightScale('dark', 'looksAt');
  const times: number[] = [];
  for (let i = 0; i < TRIES; i++)
    for (let head = 0; head < picture.heads; head++) {
      const start = performance.now();
      rasterOfPixels(largestIn(pixelsOf(picture, head), size, size), scale);
      times.push(performance.now() - start);
    }
  return median(times);
}
