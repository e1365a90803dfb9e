import { SplitPreTokenizer } from '@huggingface/tokenizers';
import { Failure } from '../failure/failure';
import type { Pattern } from './tokenizerFile';

/**
 * The RegExp for a pattern of tokenizer.json. The Rust library speaks Oniguruma; the JavaScript one
 * knows how to say it in RegExp, and is asked through the one class of it that does so publicly.
 */
export function compilePattern(pattern: Pattern, folder: string): RegExp {
  if ('String' in pattern) return literalPattern(pattern.String);
  try {
    const compiled = new SplitPreTokenizer({
      type: 'Split',
      pattern,
      behavior: 'Isolated',
      invert: false,
    }).pattern;
    if (compiled !== null) return tried(compiled);
  } catch (error) {
    throw invalidPattern(pattern.Regex, folder, error);
  }
  throw invalidPattern(pattern.Regex, folder, null);
}

export function literalPattern(text: string): RegExp {
  const source = text.replace(/[.*+?^${}()|[\]\\/-]/g, (special) => `\\${special}`);
  return tried(new RegExp(source, 'gu'));
}

/**
 * A pattern that is too large is refused only when it first meets a text, and Latin text and other
 * text are two cases: met here, while the file is read, rather than while somebody waits for tokens.
 */
function tried(pattern: RegExp): RegExp {
  for (const text of ['', '\u4e00']) pattern.test(text);
  pattern.lastIndex = 0;
  return pattern;
}

function invalidPattern(source: string, folder: string, cause: unknown): Failure {
  return new Failure(
    'tokenizer.invalid',
    { folder, reason: `its regular expression ${source} is not understood` },
    { cause },
  );
}
