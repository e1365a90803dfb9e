/** What stands beside a branch: where it forked, how it was written, how probable it is. */
import type { Translate } from '../../../src/language/translate';
import { visibleLabel } from '../../../src/navigation/labels';
import type { Branch } from '../../../src/protocol/branch';
import { writingName } from '../search/writingWords';
import type { BranchRow } from './branchTree';

/** Digits behind the point of a logarithm. */
const DIGITS = 2;

const minus = (value: number): string => value.toFixed(DIGITS).replace('-', '−');

const labelAt = ({ tokens }: Branch, index: number): string | null => {
  const label = tokens[index]?.label;
  return label === undefined ? null : visibleLabel({ label, piece: label });
};

/** Where it left its parent; of one that has none, what it is. */
export function forkWords(t: Translate, { branch, parent }: BranchRow): string {
  if (parent === null) return t('From the beginning');
  const step = branch.shared + 1;
  const now = labelAt(branch, branch.shared);
  const before = labelAt(parent, branch.shared);
  if (now === null) {
    if (branch.outcome === 'running') return t('Step {step}', { step });
    return before === null ? t('The same tokens') : t('Stops before step {step}', { step });
  }
  return before === null
    ? t('Step {step}: “{token}” goes on', { step, token: now })
    : t('Step {step}: “{token}” instead of “{before}”', { step, token: now, before });
}

/** How it was written, how long it is, how probable. */
export function branchFacts(t: Translate, branch: Branch): string {
  const { writing, tokens, logProbability, outcome } = branch;
  const count = tokens.length;
  return [
    writingName(t, writing),
    count === 1 ? t('1 token') : t('{count} tokens', { count }),
    ...(count === 0
      ? []
      : [
          t('log p {sum}', { sum: minus(logProbability) }),
          t('{mean} a token', { mean: minus(logProbability / count) }),
        ]),
    ...(outcome === 'complete' ? [] : [outcomeWords(t, outcome)]),
  ].join(' · ');
}

function outcomeWords(t: Translate, outcome: Exclude<Branch['outcome'], 'complete'>): string {
  switch (outcome) {
    case 'running':
      return t('being written');
    case 'cancelled':
      return t('cancelled');
    case 'failed':
      return t('failed');
  }
}
