// Headlight's own engine: the product's backend, loader and Transformer, with a probe that reads every pattern.
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '../../../src/engine/backend';
import { LoadedModel } from '../../../src/engine/loadedModel';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { noProbe, type Probe } from '../../../src/transformer/probe';
import { unwatched } from '../../../src/transformer/runControl';
import { tokenBatch } from '../../../src/transformer/sequence';
import type { Transformer } from '../../../src/transformer/transformer';
import { takePart, type Contestant, type Entry, type SeePattern, type Steps } from '../contestant';
import { idsOf, type Shape } from '../shapes';

const PATTERN = /\.attn\.pattern$/;

const reading = (see: SeePattern): Probe => ({
  wants: (name) => PATTERN.test(name),
  visit(_name, value) {
    see(value.dataSync<'float32'>());
    return undefined;
  },
});

async function load({ folder, shape, threads, options }: Entry): Promise<Contestant> {
  const backend = await startBackend({
    wasmDirectory: path.resolve('dist', 'wasm'),
    backend: 'wasm',
    memoryBudgetBytes: 2 ** 30,
    threads,
    kernels: options['kernels'] === 'stock' ? 'stock' : 'own',
    relaxedSimd: options['relaxedSimd'] !== false,
    sharedMemory: options['sharedMemory'] !== false,
  });
  const model = await LoadedModel.load(new NodeModelFolder(folder), { aborted: false });
  const transformer =
    options['int8'] === true
      ? await model.quantised({ aborted: false }, () => Promise.resolve())
      : model.transformer;
  return {
    about: backend.name,
    async forward(ids, see) {
      const states = await transformer.read(tokenBatch([[...ids]]), reading(see), unwatched);
      answerOf(transformer, states, ids.length).dispose();
    },
    startSteps:
      shape.family === 'gpt2' ? (context) => startSteps(transformer, shape, context) : null,
  };
}

/** Reads all states, or of a model that writes the logits after the last token; takes the states over. */
function answerOf(transformer: Transformer, states: tf.Tensor2D, length: number): tf.Tensor2D {
  if (transformer.head === null) {
    states.dataSync();
    return states;
  }
  const last = tf.slice(states, [length - 1, 0], [1, -1]);
  states.dispose();
  const logits = transformer.head.apply(last, { batch: 1, length: 1 }, noProbe);
  last.dispose();
  logits.dataSync();
  return logits;
}

async function startSteps(transformer: Transformer, shape: Shape, context: number): Promise<Steps> {
  const decoding = transformer.startDecoding(null);
  const states = await decoding.run(tokenBatch([[...idsOf(shape, context)]]), noProbe, unwatched);
  states.dispose();
  return {
    async step(token, see) {
      const logits = await transformer.decode(
        decoding,
        tokenBatch([[token]]),
        reading(see),
        unwatched,
      );
      logits.dataSync();
      logits.dispose();
      decoding.truncate(context);
    },
    dispose: () => decoding.dispose(),
  };
}

void takePart(load);
