import type { AlignedText } from './alignedText';
import { spellBytes } from './normalizers';
import { punctuation } from './olderUnicode';
import { compilePattern, literalPattern } from './patterns';
import { splitText } from './splitting';
import type { PreTokenizerFile } from './tokenizerFile';

/** Cuts a piece of text into the pieces that the model sees one by one. */
export type PreTokenize = (text: AlignedText) => AlignedText[];

export function preTokenizerOf(file: PreTokenizerFile, folder: string): PreTokenize {
  switch (file.type) {
    case 'Sequence': {
      const steps = file.pretokenizers.map((step) => preTokenizerOf(step, folder));
      return (text) =>
        steps.reduce((pieces, step) => pieces.flatMap((piece) => step(piece)), nonEmpty([text]));
    }
    case 'ByteLevel':
      return byteLevel(file.add_prefix_space !== false, file.use_regex !== false);
    case 'Metaspace':
      return metaspace(file);
    case 'BertPreTokenizer':
      return (text) =>
        splitText(text, whiteSpace, 'Removed').flatMap((word) =>
          splitText(word, punctuation, 'Isolated'),
        );
    case 'Whitespace':
      return (text) => splitText(text, wordsAndSigns, 'Removed', true);
    case 'WhitespaceSplit':
      return (text) => splitText(text, whiteSpace, 'Removed');
    case 'Punctuation':
      return (text) => splitText(text, punctuation, file.behavior);
    case 'Digits':
      return (text) =>
        splitText(text, /\p{N}/gu, file.individual_digits ? 'Isolated' : 'Contiguous');
    case 'CharDelimiterSplit': {
      const delimiter = literalPattern(file.delimiter);
      return (text) => splitText(text, delimiter, 'Removed');
    }
    case 'Split': {
      const pattern = compilePattern(file.pattern, folder);
      return (text) => splitText(text, pattern, file.behavior, file.invert ?? false);
    }
    case 'FixedLength': {
      const run = new RegExp(`[^]{1,${file.length}}`, 'gu');
      return (text) => splitText(text, run, 'Isolated');
    }
  }
}

const whiteSpace = /\p{White_Space}/gu;
const word = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}';
const wordsAndSigns = new RegExp(`[${word}]+|[^${word}\\p{White_Space}]+`, 'gu');

/** GPT-2's cut: English contractions, runs of letters, digits or signs with one space before, white space. */
const gpt2 =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

function byteLevel(prefixSpace: boolean, cut: boolean): PreTokenize {
  return (text) => {
    const spaced = prefixSpace && !text.text.startsWith(' ') ? text.prepend(' ') : text;
    const pieces = cut ? splitText(spaced, gpt2, 'Isolated') : nonEmpty([spaced]);
    return pieces.map(spellBytes);
  };
}

function metaspace(file: Extract<PreTokenizerFile, { type: 'Metaspace' }>): PreTokenize {
  const mark = file.replacement;
  const marks = literalPattern(mark);
  const scheme = file.prepend_scheme ?? (file.add_prefix_space === false ? 'never' : 'always');
  return (text) => {
    let marked = text.replace(/ /g, mark);
    const prepends =
      scheme === 'always' || (scheme === 'first' && text.text !== '' && text.spanOf(0, 1)[0] === 0);
    if (prepends && !marked.text.startsWith(mark)) marked = marked.prepend(mark);
    return file.split === false ? nonEmpty([marked]) : splitText(marked, marks, 'MergedWithNext');
  };
}

const nonEmpty = (pieces: AlignedText[]): AlignedText[] => pieces.filter(({ text }) => text !== '');
