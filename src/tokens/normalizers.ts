import { Failure } from '../failure/failure';
import type { AlignedText } from './alignedText';
import { byteCharacters, utf8Bytes } from './bytes';
import { isControl, isMark, isNonspacingMark } from './olderUnicode';
import { compilePattern } from './patterns';
import { CharacterMap } from './precompiled';
import type { NormalizerFile } from './tokenizerFile';
import { unicodeEdits, type UnicodeForm } from './unicodeForms';

/** A step that changes the text and keeps track of what its characters stand for. */
export type Normalize = (text: AlignedText) => AlignedText;

export function normalizerOf(file: NormalizerFile, folder: string): Normalize {
  switch (file.type) {
    case 'Sequence': {
      const steps = file.normalizers.map((step) => normalizerOf(step, folder));
      return (text) => steps.reduce((changed, step) => step(changed), text);
    }
    case 'NFC':
    case 'NFD':
    case 'NFKC':
    case 'NFKD':
      return inForm(file.type);
    case 'BertNormalizer':
      return bert(file);
    case 'Lowercase':
      return lowercase;
    case 'Strip':
      return strip(file.strip_left !== false, file.strip_right !== false);
    case 'StripAccents':
      return (text) => text.filter((character) => !isMark(character));
    case 'Nmt':
      return nmt;
    case 'ByteLevel':
      return spellBytes;
    case 'Prepend':
      return (text) => text.prepend(file.prepend);
    case 'Replace': {
      const pattern = compilePattern(file.pattern, folder);
      return (text) => text.replace(pattern, file.content);
    }
    case 'Precompiled':
      return precompiled(file.precompiled_charsmap, folder);
  }
}

/** Every character as the visible spellings of its UTF-8 bytes; all of them stand for the character. */
export function spellBytes(text: AlignedText): AlignedText {
  return text.each((character) => utf8Bytes(character).map((byte) => byteCharacters[byte] ?? ''));
}

function inForm(form: UnicodeForm): Normalize {
  return (text) =>
    text.text.normalize(form) === text.text ? text : text.transform(unicodeEdits(text.text, form));
}

/** Character by character, as in Rust: a final sigma is not told from another. */
function lowercase(text: AlignedText): AlignedText {
  return text.each((character) => [...character.toLowerCase()]);
}

function strip(left: boolean, right: boolean): Normalize {
  return (text) => {
    const start = left ? text.text.search(/\P{White_Space}|$/u) : 0;
    let end = text.text.length;
    // A pattern that ends in `$` would try each run of white space from each of its places.
    while (right && end > start && /\p{White_Space}/u.test(text.text[end - 1]!)) end--;
    return text.slice(start, end);
  };
}

function bert(file: Extract<NormalizerFile, { type: 'BertNormalizer' }>): Normalize {
  const decompose = inForm('NFD');
  return (text) => {
    let changed = text;
    if (file.clean_text !== false)
      changed = changed.each((character) =>
        isDropped(character) ? [] : [/\p{White_Space}/u.test(character) ? ' ' : character],
      );
    if (file.handle_chinese_chars !== false)
      changed = changed.each((character) =>
        isChinese(character) ? [' ', character, ' '] : [character],
      );
    if (file.strip_accents ?? file.lowercase)
      changed = decompose(changed).filter((character) => !isNonspacingMark(character));
    return file.lowercase === false ? changed : lowercase(changed);
  };
}

/** What BERT's clean-up removes: control, format and private-use characters, and U+FFFD. */
function isDropped(character: string): boolean {
  return character === '\ufffd' || (isControl(character) && !/[\t\n\r]/.test(character));
}

/** CJK ideographs as BERT counts them, with the gap at U+2B820 that the Rust library has. */
function isChinese(character: string): boolean {
  return /[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]/u.test(
    character,
  );
}

/** The clean-up of neural machine translation that nmt_nfkc begins with. */
function nmt(text: AlignedText): AlignedText {
  return text.each((character) => {
    if (nmtDropped.has(character)) return [];
    return [
      /[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]/.test(character)
        ? ' '
        : character,
    ];
  });
}

/** Control characters but tab, line feed, form feed and return; of the upper ones only these two. */
const nmtDropped: ReadonlySet<string> = new Set(
  Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code))
    .filter((character) => /\p{Cc}/u.test(character) && !/[\0\t\n\f\r]/.test(character))
    .concat('\u008f', '\u009f'),
);

function precompiled(base64: string | null, folder: string): Normalize {
  if (base64 === null) return (text) => text;
  const map = CharacterMap.parse(base64);
  if (map === null)
    throw new Failure('tokenizer.invalid', {
      folder,
      reason: 'its precompiled_charsmap is damaged',
    });
  return (text) => {
    const { edits, droppedFirst } = map.edits(text.text);
    return text.transform(edits, droppedFirst);
  };
}
