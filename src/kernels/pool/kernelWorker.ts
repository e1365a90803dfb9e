import { parentPort, workerData } from 'node:worker_threads';
import { kernelFunctions } from '../kernelFunctions';
import { ChunkRunner } from './chunkRunner';
import { ControlBlock } from './controlBlock';
import type { KernelWorkerData } from './kernelThread';

/**
 * Entry point of a thread that computes kernels. It knows no tensors, only addresses, so tfjs's memory may
 * grow under it; and it runs at the priority of the thread that started it.
 */

/**
 * How long it looks for the next job before it sleeps. Kernels of a layer follow each other within some ten
 * microseconds, and to be woken takes longer than most of them.
 */
const AWAKE_MS = 0.2;
/** Looks between two at the clock, which costs as much as many of them. */
const LOOKS = 64;

const { module, memory, buffer, thread } = workerData as KernelWorkerData;
const control = new ControlBlock(buffer);
const runner = new ChunkRunner(control, kernelFunctions(module, memory), thread);
control.setState(thread, 'ready');
parentPort!.postMessage('ready');

for (;;) {
  if (control.state(thread) === 'retired') break;
  const { limit } = control;
  if (thread >= limit) control.awaitLimit(limit);
  else if (!work()) sleepUntilNext();
}

/** Takes chunks until none is left. @returns whether there was any */
function work(): boolean {
  let ticket = control.take(thread);
  const any = ticket !== 0;
  try {
    for (; ticket !== 0; ticket = control.take(thread)) runner.run(ticket);
  } catch (error) {
    // It keeps its chunk: who waits for it computes it.
    control.setState(thread, 'failed');
    throw error;
  }
  if (control.held(thread) !== 0) control.release(thread);
  return any;
}

function sleepUntilNext(): void {
  const end = performance.now() + AWAKE_MS;
  do {
    for (let look = 0; look < LOOKS; look++) if (control.ticket !== 0) return;
  } while (performance.now() < end);
  control.awaitTicket();
}
