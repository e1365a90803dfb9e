// English templates in the sources and their translations.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const LANGUAGE = 'zh-cn';

/** Template → translation, over all files of a language. */
export function translations(language: string): Map<string, string> {
  const folder = path.join('l10n', language);
  const merged = new Map<string, string>();
  for (const file of readdirSync(folder).sort()) {
    const entries: Record<string, string> = JSON.parse(
      readFileSync(path.join(folder, file), 'utf8'),
    );
    for (const [template, translation] of Object.entries(entries)) {
      // failures are translated once; a second entry would silently win or lose
      if (merged.has(template)) throw new Error(`“${template}” is translated twice (${file}).`);
      merged.set(template, translation);
    }
  }
  return merged;
}

/** The `{name}` places of a template, sorted. */
export const placesOf = (template: string): string[] =>
  [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

const CALL = /\b(?:l10n\.)?t\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.)*`)/g;

/** The templates that a source puts before people: first argument of `t(…)` and `l10n.t(…)`. */
export const templatesIn = (code: string): string[] =>
  [...code.matchAll(CALL)].map(([, literal = '']) => unquote(literal));

/** Value of a string literal without interpolation. */
function unquote(literal: string): string {
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t' };
  return literal
    .slice(1, -1)
    .replaceAll(/\\u\{?([0-9a-fA-F]+)\}?/g, (_, hex: string) =>
      String.fromCodePoint(parseInt(hex, 16)),
    )
    .replaceAll(/\\(.)/g, (_, character: string) => escapes[character] ?? character);
}
