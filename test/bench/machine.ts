import { spawnSync } from 'node:child_process';
import os from 'node:os';

/** Where it was measured: figures say nothing without it. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  /** Of the engines' Node.js. */
  readonly node: string;
  readonly v8: string;
  /** Average load of the last minute when measuring began: 0 = a quiet machine. */
  readonly load: number;
  readonly date: string | null;
}

export function machineOf(node: string, date: string | null): Machine {
  const { stdout } = spawnSync(node, ['-p', 'JSON.stringify(process.versions)'], {
    encoding: 'utf8',
  });
  const versions = JSON.parse(stdout) as Readonly<Record<string, string>>;
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    node: versions['node'] ?? 'unknown',
    v8: versions['v8'] ?? 'unknown',
    load: os.loadavg()[0] ?? 0,
    date,
  };
}
