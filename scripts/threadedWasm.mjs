// tfjs's WebAssembly with threads, made loadable in Node.js: tfjs's own loader serves browsers only. The
// three files go to dist/wasm; what is changed in them is listed here, and NOTICE says that they are.
import { cp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const NAME = 'tfjs-backend-wasm-threaded-simd';

/**
 * Places in the text of the module's script, each there exactly once, with what takes their place.
 * @type {readonly (readonly [reason: string, text: string, instead: string])[]}
 */
const CHANGES = [
  [
    'as many threads as are asked for, none among them',
    'var pthreadPoolSize=8;',
    'var pthreadPoolSize=Module["threadPoolSize"];',
  ],
  [
    'it starts without waiting for threads where there are none',
    'var numWorkersToLoad=PThread.unusedWorkers.length;',
    'var numWorkersToLoad=PThread.unusedWorkers.length;if(!numWorkersToLoad)removeRunDependency("wasm-instantiate");',
  ],
  [
    'who loads it decides about cores: the module would use half of them',
    'return require("os").cpus().length;',
    'return Module["logicalCores"];',
  ],
  [
    'a thread that waits for work keeps no process alive',
    'if(ENVIRONMENT_IS_NODE){worker.ref()}',
    '',
  ],
  [
    'errors and rejections of other people’s code are not its business',
    'process["on"]("uncaughtException",function(ex){if(!(ex instanceof ExitStatus)){throw ex}});process["on"]("unhandledRejection",function(reason){throw reason});',
    '',
  ],
  [
    'nor are other people’s listeners, which it would remove when it is disposed of',
    'if(typeof process!=="undefined"&&process.listeners){beforeListeners=',
    'if(false){beforeListeners=',
  ],
  [
    'the name of a global stays free',
    'global.Worker=nodeWorkerThreads.Worker',
    'var Worker=nodeWorkerThreads.Worker',
  ],
];

/**
 * @param {string} from tfjs's folder
 * @param {string} to
 */
export async function writeThreadedWasm(from, to) {
  let script = await readFile(path.join(from, `${NAME}.js`), 'utf8');
  for (const [reason, text, instead] of CHANGES) {
    const places = script.split(text);
    if (places.length !== 2)
      throw new Error(`${NAME}.js is not the script that is known here (${reason}): ${text}`);
    script = places.join(instead);
  }
  await writeFile(path.join(to, `${NAME}.js`), script);
  /** @type {{ wasmWorkerContents: string }} */
  const { wasmWorkerContents } = createRequire(path.join(from, 'x'))(`./${NAME}.worker.js`);
  // The script lies in a string in that file, and two line breaks of its own strings were lost there.
  await writeFile(path.join(to, `${NAME}.worker.js`), wasmWorkerContents.replaceAll('\n', '\\n'));
  await cp(path.join(from, `${NAME}.wasm`), path.join(to, `${NAME}.wasm`));
}
