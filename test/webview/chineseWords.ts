import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = 'l10n/zh-cn';

/** All translations there are, as VS Code hands them to a page; test/manifest sees that they are whole. */
export const chineseWords: Readonly<Record<string, string>> = Object.assign(
  {},
  ...readdirSync(FOLDER).map(
    (file) => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Record<string, string>,
  ),
) as Record<string, string>;
