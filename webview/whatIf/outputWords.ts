/** What the model says of the change, in a sentence, from the numbers. */
import type { Translate } from '../../src/language/translate';
import { candidateName, labelAt, visibleText } from '../../src/navigation/labels';
import { fourDecimals } from '../../src/navigation/names';
import { tokensOf } from '../../src/navigation/traceState';
import type { Answer } from '../../src/protocol/queries';
import type { Both, ChangedOutput } from '../../src/protocol/studies/whatIfOutput';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';

/** Bits below which two distributions differ by rounding alone. */
const ROUNDING_BITS = 1e-6;

export function outputWords(
  { output, largest, cosine }: Answer<'whatIfOutput'>,
  snapshot: TraceSnapshot,
  t: Translate,
): string {
  if (largest === 0) return t('What the model says is exactly as trained.');
  const bits = divergenceOf(output);
  if (bits !== null && bits < ROUNDING_BITS)
    return t('What the model says does not change: its numbers differ by rounding alone.');
  switch (output.kind) {
    case 'tokens':
      return likeliest(output.candidates, candidateName, t);
    case 'written':
      return writtenWords(output, snapshot, t);
    case 'sequenceLabels': {
      const [only] = output.labels;
      // A regression has one number and no alternatives.
      if (output.divergence === null && output.labels.length === 1 && only !== undefined)
        return t('The answer goes from {asTrained} to {changed}.', told(only));
      return likeliest(named(output.labels, snapshot), ({ name }) => name, t);
    }
    case 'tokenLabels':
      return output.turned === 0
        ? t('No token of the text gets another label.')
        : t('{count} tokens of the text get another label.', { count: output.turned });
    case 'answerSpan':
      return output.answers.length === 0
        ? t('There is no answer to compare.')
        : likeliest(output.answers, ({ text }) => visibleText(text), t);
    case 'replacedToken':
      return output.turned === 0
        ? t('No token is taken for the other kind.')
        : t('{count} tokens are now taken for the other kind.', { count: output.turned });
    case 'states':
      return t(
        'This model says nothing by itself. What its last layer tells of the token: cosine {cosine} with that as trained.',
        { cosine: fourDecimals(cosine) },
      );
  }
}

/** The largest divergence known; null: there is none. */
function divergenceOf(output: ChangedOutput): number | null {
  if (output.kind === 'written')
    return Math.max(output.divergence, ...output.steps.map((step) => step.divergence));
  return 'divergence' in output ? output.divergence : null;
}

/** Labels with their names. */
export const named = (
  labels: readonly Both[],
  { plan }: TraceSnapshot,
): readonly (Both & { readonly name: string })[] =>
  labels.map((both, i) => ({ ...both, name: plan?.model.labels[i] ?? String(i) }));

export const told = ({ asTrained, changed }: Both): { asTrained: string; changed: string } => ({
  asTrained: fourDecimals(asTrained),
  changed: fourDecimals(changed),
});

function likeliest<T extends Both>(
  all: readonly T[],
  name: (one: T) => string,
  t: Translate,
): string {
  const top = (which: keyof Both): T => all.reduce((a, b) => (b[which] > a[which] ? b : a));
  const [before, now] = [top('asTrained'), top('changed')];
  if (before === now)
    return t('The likeliest stays “{token}”: {asTrained} → {changed}.', {
      token: name(before),
      ...told(before),
    });
  return t('The likeliest is no longer “{before}” ({first}) but “{now}” ({second}).', {
    before: name(before),
    first: told(before).asTrained,
    now: name(now),
    second: told(now).changed,
  });
}

function writtenWords(
  { steps }: Extract<ChangedOutput, { kind: 'written' }>,
  snapshot: TraceSnapshot,
  t: Translate,
): string {
  const first = steps[0];
  if (first === undefined) return t('No output was written.');
  const fewer = steps.filter(({ asTrained, changed }) => changed < asTrained).length;
  let at = 0;
  for (const [i, { divergence }] of steps.entries()) if (divergence > steps[at]!.divergence) at = i;
  const step = steps[at] ?? first;
  const given = snapshot.plan?.target.length ?? 0;
  return t(
    'Of {count} written tokens {fewer} are less likely now. What is expected changes most at “{token}”: {asTrained} → {changed}.',
    {
      count: steps.length,
      fewer,
      token: labelAt(tokensOf(snapshot, 'target'), given + at),
      ...told(step),
    },
  );
}
