/** What stands in a file of sentences, before anything is asked of a model. Pure. */
import { Failure } from '../../failure/failure';
import { checkLines, sentenceLines } from '../../scoring/sentenceLines';

/**
 * Longest file that is read: it is held in memory whole, and some 300 000 sentences are days of
 * translating.
 */
export const MAX_CORPUS_BYTES = 32 * 2 ** 20;

const LINE_FEED = 0x0a;

/** One sentence to be translated. */
export interface CorpusSentence {
  /** Its line in the file, from 0. */
  readonly line: number;
  readonly source: string;
  /** Null: there is none to score against. */
  readonly reference: string | null;
}

/** A file by the name that people know it by, and what stands in it. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** @throws Failure `corpus.tooLarge` */
export function checkSize(file: string, bytes: number): void {
  if (bytes > MAX_CORPUS_BYTES)
    throw new Failure('corpus.tooLarge', {
      file,
      megabytes: Math.ceil(bytes / 2 ** 20),
      limit: MAX_CORPUS_BYTES / 2 ** 20,
    });
}

/** The text of a file. @throws Failure `corpus.notUtf8` */
export function decodeCorpus(file: string, bytes: Uint8Array): string {
  const text = decoded(bytes);
  // What is UTF-16, or no text at all, has zeros where a text has none.
  if (text === null || text.includes('\0'))
    throw new Failure('corpus.notUtf8', { file, line: strangeLine(bytes) });
  return text;
}

/** Null: not UTF-8. */
function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The first line, from 1, that is not UTF-8 text: no sign of UTF-8 holds a line feed inside. */
function strangeLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; ; line++) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const text = decoded(bytes.subarray(start, feed < 0 ? bytes.length : feed));
    if (text === null || text.includes('\0') || feed < 0) return line;
    start = feed + 1;
  }
}

/** Whether a text has its references beside the sentences: its first line says so. */
export const isTabSeparated = (text: string): boolean =>
  sentenceLines(text)
    .find((line) => !isBlank(line))
    ?.includes('\t') === true;

/**
 * `source<TAB>reference` on every line; what follows a second tab is not read.
 * @throws Failure `score.noLines`, `corpus.noTab`
 */
export function tabbedSentences({ name, text }: NamedText): CorpusSentence[] {
  const lines = sentenceLines(text);
  // Empty lines at the end are no sentences without a reference: they are nothing.
  const count = lines.findLastIndex((line) => !isBlank(line)) + 1;
  if (count === 0) throw new Failure('score.noLines', { file: name });
  return lines.slice(0, count).map((words, line) => {
    const [source, reference] = words.split('\t');
    if (source === undefined || reference === undefined)
      throw new Failure('corpus.noTab', { file: name, line: line + 1 });
    return { line, source, reference };
  });
}

/**
 * A sentence a line, with the same line of the second file as its reference.
 * @param references null: there are none
 * @throws Failure `score.noLines`, `score.lineCounts`
 */
export function lineSentences(source: NamedText, references: NamedText | null): CorpusSentence[] {
  const own = { file: source.name, lines: sentenceLines(source.text) };
  const other = references && { file: references.name, lines: sentenceLines(references.text) };
  checkLines(other === null ? [own] : [own, other]);
  if (own.lines.every(isBlank)) throw new Failure('score.noLines', { file: source.name });
  return own.lines.map((text, line) => ({
    line,
    source: text,
    reference: other?.lines[line] ?? null,
  }));
}

const isBlank = (line: string): boolean => line.trim() === '';
