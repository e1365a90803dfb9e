import { parentPort, workerData } from 'node:worker_threads';
import * as v from 'valibot';
import { engineOptionsSchema } from '../protocol/engineOptions';
import { serve } from './serve';
import { yieldToOthers } from './yieldToOthers';

/** Entry point of the engine as a worker thread of the extension host's process: the default. */
const port = parentPort;
if (!port) throw new Error('this file is the start of a worker thread');
yieldToOthers('thread');
void serve(v.parse(engineOptionsSchema, workerData), {
  emit: (message, transfer = []) => port.postMessage(message, [...transfer]),
  onMessage: (listener) => port.on('message', listener),
});
