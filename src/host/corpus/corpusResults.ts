import type { Memento } from 'vscode';
import * as v from 'valibot';
import { Signal } from '../signal';
import { corpusResultSchema, type CorpusResult } from './corpusResult';
import { MEASURES, worstFirst } from './worstSentences';

const KEY = 'headlight.scores';

/** Results listed: enough to compare a few models on a few files. */
export const MAX_RESULTS = 12;

/** Of each result so many sentences outlive a reload, of every measure. */
export const KEPT_SENTENCES = 50;

/** Characters that outlive it: VS Code reads the whole store at each start. */
export const KEPT_CHARACTERS = 400_000;

/** The results of this workspace, the newest first. */
export class CorpusResults {
  readonly changed = new Signal<void>();
  private results: readonly CorpusResult[];

  constructor(private readonly memento: Memento) {
    const kept = v.safeParse(v.array(corpusResultSchema), memento.get(KEY));
    // What an older version of Headlight wrote otherwise is no loss: the files are there.
    this.results = kept.success ? kept.output : [];
  }

  all(): readonly CorpusResult[] {
    return this.results;
  }

  of(id: string): CorpusResult | null {
    return this.results.find((one) => one.id === id) ?? null;
  }

  async add(result: CorpusResult): Promise<void> {
    const others = this.results.filter(({ id }) => id !== result.id);
    await this.become([result, ...others].slice(0, MAX_RESULTS));
  }

  async remove(id: string): Promise<void> {
    await this.become(this.results.filter((one) => one.id !== id));
  }

  private async become(results: readonly CorpusResult[]): Promise<void> {
    this.results = results;
    this.changed.emit();
    await this.memento.update(KEY, keptOf(results));
  }
}

/** What outlives a reload: figures of all results, and the worst sentences as far as there is room. */
export function keptOf(results: readonly CorpusResult[]): CorpusResult[] {
  let room = KEPT_CHARACTERS;
  return results.map((result) => {
    const sentences = worstOf(result);
    room -= JSON.stringify(sentences).length;
    return { ...result, sentences: room < 0 ? [] : sentences };
  });
}

function worstOf({ sentences }: CorpusResult): CorpusResult['sentences'] {
  const worst = new Set(
    MEASURES.flatMap((measure) => worstFirst(sentences, measure).slice(0, KEPT_SENTENCES)),
  );
  return sentences.filter((sentence) => worst.has(sentence));
}
