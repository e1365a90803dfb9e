import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Version of the product, from the manifest above `dist`. */
export async function productVersion(dist: string): Promise<string> {
  const manifest: unknown = JSON.parse(
    await readFile(path.join(dist, '..', 'package.json'), 'utf8'),
  );
  const { version }: { version?: unknown } = Object(manifest);
  return String(version);
}
