import { addBleu, bleuOf, bleuStatistics, noBleuStatistics, type BleuStatistics } from './bleu';
import { addChrf, chrfOf, chrfStatistics, noChrfStatistics, type ChrfStatistics } from './chrf';
import { bleuSignature, chrfSignature } from './signature';
import type { Tokenization } from './tokenization';

/** Figures of one sentence, 0–100; BLEU with effective order (see `bleuOf`). */
export interface SentenceScore {
  readonly bleu: number;
  readonly chrf: number;
}

/** Figures of a corpus. */
export interface CorpusFigures {
  /** 0–100, unrounded. */
  readonly bleu: number;
  /** How it was computed, as sacreBLEU writes it. */
  readonly signature: string;
  /** Of 1- to 4-grams, 0–100. */
  readonly precisions: readonly number[];
  readonly brevityPenalty: number;
  /** Words. */
  readonly hypothesisLength: number;
  readonly referenceLength: number;
  /** 0–100, unrounded. */
  readonly chrf: number;
  readonly chrfSignature: string;
  readonly sentences: number;
}

/**
 * Scores a corpus sentence by sentence, by the definitions of sacreBLEU. Its figures are always those
 * of the sentences so far, in whatever order they came.
 */
export class CorpusScore {
  private bleu: BleuStatistics = noBleuStatistics;
  private chrf: ChrfStatistics = noChrfStatistics;
  private sentences = 0;
  /** How many references sentences had. */
  private readonly references = new Set<number>();

  constructor(private readonly tokenization: Tokenization) {}

  /** @param references at least one */
  add(hypothesis: string, references: readonly string[]): SentenceScore {
    const bleu = bleuStatistics(hypothesis, references, this.tokenization);
    const chrf = chrfStatistics(hypothesis, references);
    this.bleu = addBleu(this.bleu, bleu);
    this.chrf = addChrf(this.chrf, chrf);
    this.references.add(references.length);
    this.sentences++;
    return { bleu: bleuOf(bleu, true).score, chrf: chrfOf(chrf) };
  }

  /** Of no sentence at all: zeros, as of one without a match. */
  get figures(): CorpusFigures {
    const { score, precisions, brevityPenalty } = bleuOf(this.bleu, false);
    const [first = 1, ...others] = this.references;
    const references = others.length === 0 ? first : 'var';
    return {
      bleu: score,
      signature: bleuSignature(references, this.tokenization),
      precisions,
      brevityPenalty,
      hypothesisLength: this.bleu.hypothesisLength,
      referenceLength: this.bleu.referenceLength,
      chrf: chrfOf(this.chrf),
      chrfSignature: chrfSignature(references),
      sentences: this.sentences,
    };
  }
}
