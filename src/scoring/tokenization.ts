import { trim, trimEnd, wordsOf } from './whiteSpace';

/**
 * How BLEU cuts a sentence into words, by sacreBLEU's names. `13a`: as NIST's mteval-v13a does, for
 * languages with spaces. `zh`: each Chinese character by itself, the rest as `13a`.
 */
export const TOKENIZATIONS = ['13a', 'zh'] as const;
export type Tokenization = (typeof TOKENIZATIONS)[number];

/** Tags of Chinese as translators know them, a script or region behind: `cmn`, `cmn_Hans`, `zh-CN`. */
const CHINESE_LANGUAGE = /^(cmn|zho?|yue)([-_]|$)/;

/** What suits a target language. */
export const tokenizationOf = (language: string | null): Tokenization =>
  language !== null && CHINESE_LANGUAGE.test(language) ? 'zh' : '13a';

/** What mteval-v13a unescapes, in its order: `&amp;lt;` becomes `<`. */
const ENTITIES = [
  ['&quot;', '"'],
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
] as const;

/** ASCII's signs but for those that may belong to a word or number: apostrophe, hyphen, stop, comma. */
const SIGN = /[!-&(-+/:-@[-`{-~]/gu;
/** A stop or comma that is no part of a number, by what stands before it, then by what follows. */
const STOP_AFTER_OTHER = /([^0-9])([.,])/gu;
const STOP_BEFORE_OTHER = /([.,])([^0-9])/gu;
const HYPHEN_AFTER_DIGIT = /([0-9])-/gu;

/**
 * What `zh` puts apart. sacreBLEU's list of blocks is older than most of the planes beyond U+FFFF,
 * whose characters it would name by five digits, where Python reads four and a sign more. So it means
 * U+2001–U+2A6D (punctuation, arrows, mathematics, dingbats) in the place of CJK Extension B, whose
 * characters stay together: figures are comparable only if ours does the same.
 */
const CHINESE =
  /[\u2001-\u2a6d\u2e80-\u2fdf\u2ff0-\u303f\u3100-\u312f\u31a0-\u31bf\u31c0-\u31ef\u3200-\u4db5\u4e00-\u9fbb\uf900-\ufa2d\ufa30-\ufa6a\ufa70-\ufad9\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uffef]/gu;

/** The words of a sentence, upper and lower case kept. */
export function tokenize(sentence: string, tokenization: Tokenization): string[] {
  const text = trimEnd(sentence);
  // Only `13a` puts spaces around the whole: `.5` at the very start stays one word in `zh`.
  const prepared =
    tokenization === 'zh' ? trim(text).replace(CHINESE, ' $& ') : ` ${unescaped(text)} `;
  return wordsOf(
    prepared
      .replace(SIGN, ' $& ')
      .replace(STOP_AFTER_OTHER, '$1 $2 ')
      .replace(STOP_BEFORE_OTHER, ' $1 $2')
      .replace(HYPHEN_AFTER_DIGIT, '$1 - '),
  );
}

function unescaped(text: string): string {
  const joined = text.replaceAll('<skipped>', '').replaceAll('-\n', '').replaceAll('\n', ' ');
  return ENTITIES.reduce((plain, [entity, sign]) => plain.replaceAll(entity, sign), joined);
}
