// The project's own source files and what they import, read from their text.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Source {
  /** Path from the repository root, with slashes. */
  readonly file: string;
  readonly text: string;
  /** Text without comments. */
  readonly code: string;
  /** What is imported: paths from the root for own files, else package or module names. */
  readonly imports: readonly { readonly target: string; readonly typeOnly: boolean }[];
}

const IMPORT =
  /(?:^|[;\n])\s*(?:import|export)\s+(type\s)?(?:[\w$*{}\s,]+?\sfrom\s*)?['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g;

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');

function importsOf(file: string, code: string): Source['imports'] {
  return [...code.matchAll(IMPORT)].map(([, typeOnly, from = '', dynamic = '']) => {
    const name = from || dynamic;
    return {
      target: name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name,
      typeOnly: typeOnly !== undefined,
    };
  });
}

/** All TypeScript files below a folder. */
export function sourcesIn(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.replaceAll('\\', '/')))
    .filter((file) => file.endsWith('.ts') && !file.includes('/fixtures/'))
    .sort()
    .map((file) => {
      const text = readFileSync(file, 'utf8');
      const code = withoutComments(text);
      return { file, text, code, imports: importsOf(file, code) };
    });
}
