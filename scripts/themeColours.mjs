// `node scripts/themeColours.mjs`: writes the theme colours of package.json anew from the palette.
import { build } from 'esbuild';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

process.chdir(path.join(import.meta.dirname, '..'));

const { outputFiles } = await build({
  entryPoints: ['src/palette/themeColours.ts'],
  bundle: true,
  format: 'esm',
  write: false,
  logLevel: 'warning',
});
const [{ text: code } = { text: '' }] = outputFiles;
const { themeColours } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const manifest = JSON.parse(await readFile('package.json', 'utf8'));
manifest.contributes.colors = themeColours();
await writeFile('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`${manifest.contributes.colors.length} colours`);
