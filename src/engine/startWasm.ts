import os from 'node:os';
import { type BackendWasm, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { guardAllocations, type TfjsModule } from '../kernels/tfjsModule';
import type { Computation } from '../protocol/engineOptions';
import { keepingListeners } from './keepingListeners';
import { ownModule, startOwnKernels } from './ownKernels';
import { RunningWasm } from './runningWasm';
import { threadedBackend } from './threadedWasm';
import { Typing } from './typing';
import { useBackend } from './useBackend';
import { wasmFeatures } from './wasmFeatures';
import { sameVariant, wasmVariant, type WasmVariant } from './wasmVariant';

const NAME = 'wasm';
/** Above tfjs's plain JavaScript, as in tfjs. */
const PRIORITY = 2;

/** How tfjs itself starts its builds without threads. */
const unthreaded = tf.findBackendFactory(NAME);

/** What runs on a backend: tfjs has one of a name in a thread, and so have we. */
const running = new WeakMap<tf.KernelBackend, RunningWasm>();

/** Starts tfjs's WASM backend as it shall compute, or finds it running. */
export async function startWasm(directory: string, wanted: Computation): Promise<RunningWasm> {
  const cores = os.availableParallelism();
  const variant = wasmVariant(wanted, wasmFeatures(), cores);
  const there = tf.engine().registry[NAME];
  const known = there && running.get(there);
  const leavesCore = wanted.threads === 0;
  if (known && sameVariant(known.variant, variant)) {
    known.typing.leavesCore = leavesCore;
    await useBackend(NAME);
    return known;
  }
  if (there && known) {
    known.own?.dispose();
    running.delete(there); // not to be found again, should what follows fail
  }
  // First what costs less, should it not be there.
  const module = variant.kernels === 'own' ? await ownModule(variant, directory) : null;
  const backend = await keepingListeners(() => startTfjs(variant, directory));
  guardAllocations(backend.wasm as unknown as TfjsModule);
  const typing = new Typing();
  typing.leavesCore = leavesCore;
  const allowance = (): number =>
    typing.leavesCore && typing.goesOn ? Math.max(1, variant.threads - 1) : variant.threads;
  const own = module && startOwnKernels(backend, module, variant, directory, allowance);
  const started = new RunningWasm(variant, own, typing);
  running.set(backend, started);
  return started;
}

async function startTfjs(variant: WasmVariant, directory: string): Promise<BackendWasm> {
  if (variant.shared) {
    // Our kernels have threads of their own.
    const made = await threadedBackend(directory, variant.kernels === 'own' ? 1 : variant.threads);
    replaceFactory(() => made);
  } else {
    setWasmPaths(directory.endsWith('/') ? directory : `${directory}/`);
    if (tf.findBackendFactory(NAME) !== unthreaded) replaceFactory(unthreaded);
  }
  await useBackend(NAME);
  return tf.backend() as BackendWasm;
}

function replaceFactory(factory: typeof unthreaded): void {
  tf.removeBackend(NAME);
  tf.registerBackend(NAME, factory, PRIORITY);
}
