/** What a reader must know to read a comparison rightly. Pure words. */
import type { Translate } from '../../src/language/translate';
import { labelAt } from '../../src/navigation/labels';
import { listedOf } from '../../src/navigation/traceState';
import type { Sight } from '../inspector/view';
import { chosenToken, type Comparison } from './comparison';

export function comparisonNotes(
  { pinned, current, sameModel, sameStack, sameUnit, sameMatrix, sameView, rowSide }: Comparison,
  t: Translate,
): string[] {
  if (sameView)
    return [t('This is the pinned view itself. Choose another head, token or text to compare.')];
  const notes: string[] = [];
  if (!sameModel)
    notes.push(t('The models differ: tokens are matched by their pieces, not by their ids.'));
  if (pinned.navigation.hideSpecials !== current.navigation.hideSpecials)
    notes.push(
      t(
        'Special tokens are hidden in one of the views: its weights are renormalised, the other’s are not.',
      ),
    );
  if (sameMatrix) notes.push(t('Both views show the same matrix; only their tokens differ.'));
  if (!sameUnit)
    notes.push(t('One view shows tokens, the other words: they cannot be subtracted.'));
  if (!sameStack)
    notes.push(
      t(
        'Matrices of different stacks cannot be subtracted: their queries or keys are not the same kind of token.',
      ),
    );
  if (rowSide === null && sameUnit)
    notes.push(
      pinned.navigation.direction === current.navigation.direction
        ? t('One row is about the text, the other about the output: they are not compared.')
        : t('One view looks from its token, the other at it: their weights are not compared.'),
    );
  return notes;
}

/** Which two rows stand in the table. */
export function rowWords({ pinned, current }: Comparison, t: Translate): string {
  const label = (sight: Sight): string => {
    const chosen = chosenToken(sight);
    if (chosen === null) return '';
    return labelAt(listedOf(sight.snapshot, chosen.side, sight.navigation.unit), chosen.index);
  };
  const [before, now] = [label(pinned), label(current)];
  return before === now
    ? t('Weights of “{token}” in both views', { token: now })
    : t('Two different tokens: “{pinned}” (pinned) and “{current}” (now)', {
        pinned: before,
        current: now,
      });
}
