import path from 'node:path';
import { Failure } from '../failure/failure';
import { MOST_BEAMS } from '../protocol/writing';
import { TOKENIZATIONS, type Tokenization } from '../scoring/tokenization';
import { readNumber, readOptions, readWord, refuseAlone, refuseTogether } from './arguments';
import { builtInModel } from './builtInModel';

/** What `score` shall do. */
export interface ScoreTask {
  readonly input: HypothesisInput | SourceInput;
  /** Files, at least one. */
  readonly references: readonly string[];
  /** Null: what suits the language. */
  readonly tokenization: Tokenization | null;
}

interface HypothesisInput {
  readonly kind: 'hypothesis';
  readonly file: string;
}

/** Sentences to be translated first. */
export interface SourceInput {
  readonly kind: 'source';
  readonly file: string;
  /** Path of the model folder. */
  readonly model: string;
  readonly language: string | null;
  /** 1: greedy, as in Hugging Face transformers. */
  readonly beams: number;
  /** File for the translations; null: they are not kept. */
  readonly out: string | null;
}

const OPTIONS = {
  hypothesis: 'text',
  reference: 'texts',
  tokenize: 'text',
  model: 'text',
  source: 'text',
  lang: 'text',
  beams: 'text',
  out: 'text',
} as const;

/** @throws Failure `cli.*` */
export function readScoreTask(args: readonly string[], dist: string): ScoreTask {
  const given = readOptions('score', args, OPTIONS);
  const { hypothesis, source, reference: references, tokenize } = given;
  refuseTogether(given, [['hypothesis', 'source']]);
  refuseAlone(given, [
    ['model', 'source'],
    ['lang', 'source'],
    ['beams', 'source'],
    ['out', 'source'],
    ['hypothesis', 'reference'],
    ['source', 'reference'],
  ]);
  const tokenization = readWord('--tokenize', tokenize, TOKENIZATIONS, '13a');
  return {
    input: readInput(given, dist),
    references: references ?? [],
    tokenization: tokenize === undefined ? null : tokenization,
  };

  function readInput(
    { model, lang, beams, out }: typeof given,
    folder: string,
  ): ScoreTask['input'] {
    if (hypothesis !== undefined) return { kind: 'hypothesis', file: hypothesis };
    if (source === undefined)
      throw new Failure('cli.oneOf', { option: '--hypothesis', other: '--source' });
    return {
      kind: 'source',
      file: source,
      model: path.resolve(model ?? builtInModel(folder)),
      language: lang ?? null,
      beams: readNumber('--beams', beams, 1, MOST_BEAMS) ?? 1,
      out: out ?? null,
    };
  }
}
