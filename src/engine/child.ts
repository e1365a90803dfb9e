import * as v from 'valibot';
import { engineOptionsSchema } from '../protocol/engineOptions';
import { serve } from './serve';
import { yieldToOthers } from './yieldToOthers';

/** Entry point of the engine as a process of its own: after a crash of the thread, or by setting. */
const [, , argument] = process.argv;
if (!process.send || argument === undefined)
  throw new Error('this file is the start of a child process');
// A host that is gone must not leave its engine behind.
process.on('disconnect', () => process.exit(0));
yieldToOthers('process');
void serve(v.parse(engineOptionsSchema, JSON.parse(argument)), {
  emit: (message) => process.send?.(message),
  onMessage: (listener) => process.on('message', listener),
});
