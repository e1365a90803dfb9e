/** What the *Scores* view lists, without VS Code. Pure. */
import type { CorpusResult, ScoredSentence } from './corpusResult';
import { possibleMeasure, worstFirst, type Measure } from './worstSentences';

/** Sentences that are listed at first, and with every *more*. */
export const SENTENCES_AT_ONCE = 50;

export interface ResultNode {
  readonly kind: 'result';
  readonly result: CorpusResult;
}
/** The heading over a result's sentences. */
export interface WorstNode {
  readonly kind: 'worst';
  readonly parent: ResultNode;
  readonly measure: Measure;
}
export interface SentenceNode {
  readonly kind: 'sentence';
  readonly parent: WorstNode;
  readonly sentence: ScoredSentence;
}
/** There are more. */
export interface MoreNode {
  readonly kind: 'more';
  readonly parent: WorstNode;
  /** Not listed yet. */
  readonly left: number;
}
/** A reload has left only some of them: the others stand in the output file. */
export interface RestNode {
  readonly kind: 'rest';
  readonly parent: WorstNode;
  readonly count: number;
}
export type ScoreNode = ResultNode | WorstNode | SentenceNode | MoreNode | RestNode;

/** Unique and the same as long as the node stands for the same thing. */
export function idOfNode(node: ScoreNode): string {
  switch (node.kind) {
    case 'result':
      return node.result.id;
    case 'sentence':
      return `${idOfNode(node.parent)} ${node.sentence.line}`;
    default:
      return `${idOfNode(node.parent)} ${node.kind}`;
  }
}

/**
 * What is below a node.
 * @param listed how many sentences of a result are wanted
 */
export function childrenOf(
  node: ScoreNode,
  wanted: Measure,
  listed: (result: CorpusResult) => number,
): ScoreNode[] {
  if (node.kind === 'result') {
    const measure = possibleMeasure(wanted, node.result.figures !== null);
    return node.result.done === 0 ? [] : [{ kind: 'worst', parent: node, measure }];
  }
  if (node.kind !== 'worst') return [];
  const { result } = node.parent;
  const worst = worstFirst(result.sentences, node.measure);
  const shown = worst.slice(0, listed(result));
  const left = worst.length - shown.length;
  const lost = result.done - worst.length;
  return [
    ...shown.map((sentence): SentenceNode => ({ kind: 'sentence', parent: node, sentence })),
    ...(left > 0 ? [{ kind: 'more', parent: node, left } as const] : []),
    ...(left === 0 && lost > 0 ? [{ kind: 'rest', parent: node, count: lost } as const] : []),
  ];
}
