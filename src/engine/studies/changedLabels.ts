import { divergence } from '../../analysis/divergence';
import { largestAt } from '../../analysis/largestAt';
import { Failure } from '../../failure/failure';
import type { Both, ChangedOutput } from '../../protocol/studies/whatIfOutput';
import type { Plan } from '../../protocol/trace';
import type { HeadConfig } from '../../transformer/config';
import { answerSpans } from '../answerSpans';
import { sigmoid, softmax } from '../probabilities';

/** Logits of the head as trained and changed, a row each position (or one for the whole text). */
export interface BothLogits {
  readonly before: readonly Float32Array[];
  readonly after: readonly Float32Array[];
}

/** What a change does to labels, answers and replacements. @throws Failure `model.notNumbers` */
export function changedLabels(
  plan: Plan,
  { task, labelKind }: Pick<HeadConfig, 'task' | 'labelKind'>,
  { before, after }: BothLogits,
  position: number | null,
): ChangedOutput {
  if ([...before, ...after].some((row) => !row.every(Number.isFinite)))
    throw new Failure('model.notNumbers');
  switch (task) {
    case 'sequenceLabels': {
      const [old, now] = [before[0]!, after[0]!];
      if (labelKind === 'single')
        return { kind: task, labels: softmaxes(old, now), divergence: divergence(old, now) };
      const shown = labelKind === 'multi' ? sigmoid : (logit: number): number => logit;
      const labels = pairs([...old].map(shown), [...now].map(shown));
      return { kind: task, labels, divergence: null };
    }
    case 'tokenLabels': {
      const bits = before.map((row, token) => divergence(row, after[token]!));
      const at = position ?? largestAt(bits);
      const [old, now] = [before[at]!, after[at]!];
      const turned = before.filter((row, token) => largestAt(row) !== largestAt(after[token]!));
      return {
        kind: task,
        position: at,
        labels: softmaxes(old, now),
        divergence: bits[at]!,
        turned: turned.length,
      };
    }
    case 'answerSpan':
      return { kind: task, answers: changedAnswers(plan, before, after) };
    case 'replacedToken': {
      const probability = ([logit]: Float32Array): number => sigmoid(logit!);
      const tokens = pairs(before.map(probability), after.map(probability));
      const turned = tokens.filter((both) => both.asTrained > 0.5 !== both.changed > 0.5);
      return { kind: task, tokens, turned: turned.length };
    }
    default:
      throw new Failure('internal.unexpected', { reason: String(task) });
  }
}

/** The best spans of either, with their probability in both. */
function changedAnswers(
  plan: Plan,
  before: readonly Float32Array[],
  after: readonly Float32Array[],
): Extract<ChangedOutput, { kind: 'answerSpan' }>['answers'] {
  const [old, now] = [before, after].map((rows) => answerSpans(plan, flat(rows)));
  const known = new Set(old!.answers.map(({ first, last }) => `${first}-${last}`));
  const others = now!.answers.filter(({ first, last }) => !known.has(`${first}-${last}`));
  return [...old!.answers, ...others].map(({ first, last, text }) => ({
    first,
    last,
    text,
    asTrained: old!.starts[first]! * old!.ends[last]!,
    changed: now!.starts[first]! * now!.ends[last]!,
  }));
}

const flat = (rows: readonly Float32Array[]): Float32Array =>
  Float32Array.from(rows.flatMap((row) => [...row]));

const pairs = (before: readonly number[], after: readonly number[]): Both[] =>
  before.map((asTrained, i) => ({ asTrained, changed: after[i]! }));

const softmaxes = (before: Float32Array, after: Float32Array): Both[] =>
  pairs(softmax(before), softmax(after));
