// English templates in the sources and their translations.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

export const LANGUAGE = 'zh-cn';

/** Template and translation, from all files of a language. */
export function translations(language: string): [string, string][] {
  const folder = path.join('l10n', language);
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      return Object.entries(v.parse(v.record(v.string(), v.string()), JSON.parse(text)));
    });
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
