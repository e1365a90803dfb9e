import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Packages that are measured beside ours; nothing of the project needs them. */
const PEERS = { 'onnxruntime-node': '1.30.0', 'onnxruntime-web': '1.30.0' } as const;

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Installs them into a folder of their own unless they are there. @returns what went wrong, or null */
export function installPeers(folder: string): string | null {
  const present = Object.keys(PEERS).every((name) =>
    existsSync(path.join(folder, 'node_modules', name)),
  );
  if (present) return null;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const wanted = Object.entries(PEERS).map(([name, version]) => `${name}@${version}`);
  console.log(`installing ${wanted.join(', ')} into ${path.relative('.', folder)}`);
  const quiet = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stderr, error } = spawnSync(npm, ['install', ...quiet, ...wanted], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return status === 0 ? null : (error?.message ?? stderr.trim().slice(-200));
}
