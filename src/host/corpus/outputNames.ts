/** How the files are called that a run writes beside its source. Pure. */

/** Names of one run's files, all in the source's folder. */
export interface OutputNames {
  /** What is written while the run goes on, and stays where it was cancelled. */
  readonly partial: string;
  /** What it becomes when all is translated. */
  readonly whole: string;
  readonly partialReport: string;
  readonly report: string;
}

/** No sign of it has a meaning in a path of any system. */
const FOREIGN_IN_NAMES = /[^\p{L}\p{N}._-]+/gu;

/**
 * `test.tsv` into French: `test.fra.translated.txt`, with a number where one of the names is taken.
 * @param into language tag, or the model's name where a model has but one language
 * @param taken names that are in the folder already
 */
export function outputNames(source: string, into: string, taken: readonly string[]): OutputNames {
  // Some file systems do not tell capitals apart.
  const used = new Set(taken.map((name) => name.toLowerCase()));
  const isFree = (names: OutputNames): boolean =>
    Object.values(names).every((name: string) => !used.has(name.toLowerCase()));
  let number = 1;
  let names = namesOf(source, into, '');
  while (!isFree(names)) names = namesOf(source, into, `-${++number}`);
  return names;
}

function namesOf(source: string, into: string, number: string): OutputNames {
  const stem = source.replace(/(?<=.)\.[^.]*$/, '');
  const base = `${stem}.${into.replace(FOREIGN_IN_NAMES, '-')}.translated${number}`;
  return {
    partial: `${base}.partial.txt`,
    whole: `${base}.txt`,
    partialReport: `${base}.partial.json`,
    report: `${base}.json`,
  };
}
