import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { translator, type Bundle, type Translate } from '../language/translate';

/** Environment variables that say the language, the strongest first. */
const VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG'];
/** Locales written in simplified characters: `zh`, `zh_CN.UTF-8`, `zh_SG`, but not `zh_TW`. */
const SIMPLIFIED_CHINESE = /^zh(?:[-_](?:CN|SG|Hans[\w-]*))?(?:[.@].*)?$/i;

/** Translator into the terminal's language. Without a bundle for it: English. */
export async function readerLanguage(
  dist: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Translate> {
  const locale = VARIABLES.map((name) => environment[name]).find(Boolean) ?? '';
  if (!SIMPLIFIED_CHINESE.test(locale)) return translator({});
  try {
    const file = path.join(dist, 'l10n', 'bundle.l10n.zh-cn.json');
    const bundle: Bundle = JSON.parse(await readFile(file, 'utf8'));
    return translator(bundle);
  } catch {
    // A missing translation is no reason to fail: the message itself matters more.
    return translator({});
  }
}
