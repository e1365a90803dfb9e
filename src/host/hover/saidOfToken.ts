/** What a model with a task says of single tokens of the text. Pure. */
import type { TraceSnapshot } from '../../protocol/traceSnapshot';
import type { TokenGroup } from '../../protocol/words';

/** One probability the model gives a token. */
export interface SaidFact {
  /** The token's place in the text. */
  readonly position: number;
  readonly what:
    | { readonly kind: 'label'; readonly label: string }
    | { readonly kind: 'start' | 'end' | 'replaced' };
  readonly probability: number;
}

/** Of a word, what is said of each of its tokens. */
export function saidOf(
  { plan, prediction }: TraceSnapshot,
  { first, last }: TokenGroup,
): readonly SaidFact[] {
  if (plan === null || prediction === null) return [];
  const positions = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const each = (
    what: (position: number) => SaidFact['what'],
    probabilities: readonly number[],
  ): SaidFact[] =>
    positions.flatMap((position) => {
      const probability = probabilities[position];
      return probability === undefined ? [] : [{ position, what: what(position), probability }];
    });
  switch (prediction.task) {
    case 'tokenLabels': {
      const nameOf = (position: number): string => {
        const label = prediction.labels[position] ?? -1;
        return plan.model.labels[label] ?? String(label);
      };
      return each(
        (position) => ({ kind: 'label', label: nameOf(position) }),
        prediction.probabilities,
      );
    }
    case 'replacedToken':
      return each(() => ({ kind: 'replaced' }), prediction.probabilities);
    case 'answerSpan':
      return [
        ...each(() => ({ kind: 'start' }), prediction.starts),
        ...each(() => ({ kind: 'end' }), prediction.ends),
      ];
    default:
      return [];
  }
}
