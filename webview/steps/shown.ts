/** What the panes are given to draw: an answer, and the names of what it is about. */
import { labelAt } from '../../src/navigation/labels';
import { keySide, querySide, tokensOf } from '../../src/navigation/traceState';
import type { Answer, Question } from '../../src/protocol/queries';
import type { MadeNumber } from '../../src/protocol/studies/madeOf';
import type { ModelSummary } from '../../src/protocol/trace';
import { labelsOf } from '../parts/labels';
import type { View } from '../inspector/view';

export interface Shown {
  readonly view: View;
  readonly asked: Question<'steps'>;
  readonly steps: Answer<'steps'>;
  readonly model: ModelSummary;
  readonly query: string;
  readonly key: string;
  /** Of every key. */
  readonly keys: readonly string[];
  /** Changes whenever the numbers do. */
  readonly stamp: string;
}

/** Opens what a number is made of, in the room given. */
export type OpenNumber = (made: {
  readonly number: MadeNumber;
  readonly dimension: number;
  readonly name: string;
  readonly room: HTMLElement;
}) => void;

export function shownOf(
  view: View,
  asked: Question<'steps'>,
  steps: Answer<'steps'>,
): Shown | null {
  const { snapshot } = view;
  if (snapshot.plan === null) return null;
  const queries = tokensOf(snapshot, querySide(snapshot, asked.stack));
  const count = steps.weights.shape[0] ?? 0;
  const keys = labelsOf(tokensOf(snapshot, keySide(snapshot, asked.stack)).slice(0, count));
  return {
    view,
    asked,
    steps,
    model: snapshot.plan.model,
    query: labelAt(queries, asked.query),
    key: keys[steps.key] ?? '',
    keys,
    stamp: JSON.stringify([snapshot.trace, asked, steps.key]),
  };
}

/** Whether the mask lets the query see a key. */
export const isSeen = ({ steps: { seen } }: Shown, key: number): boolean =>
  key >= seen.first && key <= seen.last;
