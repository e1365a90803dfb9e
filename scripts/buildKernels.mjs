// Compiles our kernels (AssemblyScript) into dist/wasm/headlight-*.wasm, or into the directory that is named.
import { createMemoryStream, main } from 'assemblyscript/asc';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Shared memory of tfjs's threaded build or the plain one of its SIMD build; fused multiply-add or not. */
const VARIANTS = [
  { name: 'headlight-simd', flags: [] },
  { name: 'headlight-relaxed', flags: ['--enable', 'relaxed-simd'] },
  { name: 'headlight-simd-shared', flags: ['--enable', 'threads', '--sharedMemory'] },
  {
    name: 'headlight-relaxed-shared',
    flags: ['--enable', 'relaxed-simd', '--enable', 'threads', '--sharedMemory'],
  },
];

const FLAGS = [
  ...['--runtime', 'stub', '--enable', 'simd', '--use', 'abort='],
  // Not -O3: that inlines whole loops into their callers, where V8 lacks registers for their sums.
  ...['--optimizeLevel', '3', '--shrinkLevel', '1', '--converge'],
  // tfjs's memory, as large as it may become; nothing of it is ours.
  ...['--importMemory', '--noExportMemory', '--initialMemory', '0', '--maximumMemory', '65536'],
];

/** @param {string} directory */
export async function buildKernels(directory) {
  await mkdir(directory, { recursive: true });
  for (const { name, flags } of VARIANTS) {
    const outFile = path.relative(root, path.join(directory, `${name}.wasm`));
    const stderr = createMemoryStream();
    const { error } = await main(
      [
        'src/kernels/assembly/exported.ts',
        ...['--baseDir', root, '--outFile', outFile, ...FLAGS, ...flags],
      ],
      { stderr },
    );
    if (error) throw new Error(`${name}: ${error.message}\n${stderr.toString()}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await buildKernels(path.resolve(process.argv[2] ?? path.join(root, 'dist/wasm')));
