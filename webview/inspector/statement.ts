/** One sentence under the text: which token looks where, on what scale, and what is left out. */
import type { Translate } from '../../src/language/translate';
import { numbersOf } from '../../src/protocol/wireTensor';
import { approximateWords } from '../../src/navigation/approximate';
import { labelAt } from '../../src/navigation/labels';
import { element, setText, show } from '../parts/element';
import { explaining, linkOf } from '../steps/explaining';
import { wondering } from '../whatIf/wondering';
import { topOf } from '../drawing/scaleTop';
import { Legend, scaleNote } from '../parts/legend';
import { largestOf, scaleEnd, shortName } from '../../src/navigation/names';
import { isComputed } from '../../src/navigation/navigationRules';
import { listedOf, writingSide, writtenAt } from '../../src/navigation/traceState';
import type { Commands, Part, Sight, View } from './view';
import { describeWaiting } from './waiting';

/** What a row of a word is: said wherever words are chosen or shown. */
export const wordsExplained = (t: Translate): string =>
  t(
    'A word’s row is the mean of its tokens’ rows; its column is the sum of their columns. Rows still sum to 1.',
  );

/** An output token's row belongs to the step that reads it, which writes the one after it. */
export function sentence({ snapshot, navigation, preview }: Sight, t: Translate): string {
  const token = preview ?? navigation.token;
  const { direction, stack, unit } = navigation;
  const listed = token === null ? [] : listedOf(snapshot, token.side, unit);
  if (token === null || token.index >= listed.length) return '';
  const label = labelAt(listed, token.index);
  const causal = stack === 'decoder';
  if (direction === 'lookedAt')
    return causal
      ? t('“{token}” is looked back at by', { token: label })
      : t('“{token}” is looked at by', { token: label });
  // A word is read in several steps, each of which writes a token.
  const next = token.index + 1;
  const side = snapshot.plan === null ? null : writingSide(snapshot.plan);
  if (token.side === side && unit === 'token' && writtenAt(snapshot, next) !== null)
    return t('“{token}” looks at — while the model writes “{next}”', {
      token: label,
      next: labelAt(listed, next),
    });
  return causal
    ? t('“{token}” looks back at', { token: label })
    : t('“{token}” looks at', { token: label });
}

export function createStatement(t: Translate, commands: Commands): Part {
  let last: View | null = null;
  const name = element('strong', { class: 'short-name' });
  const said = element('span', { class: 'sentence', attributes: { dir: 'auto' } });
  const legend = new Legend();
  const lock = element(
    'span',
    {
      class: 'badge',
      attributes: {
        title: t(
          'Pointing at other tokens does not change the view. Click this one again, or press Escape on it, to let it go.',
        ),
      },
    },
    t('locked'),
  );
  const words = element(
    'span',
    { class: 'badge', attributes: { title: wordsExplained(t) } },
    t('words'),
  );
  const approximate = element('span', { class: 'badge approximate-badge' }, approximateWords(t));
  const why = element(
    'button',
    {
      class: 'link why',
      attributes: { type: 'button', title: t('The steps that lead to this weight') },
      on: {
        click: () => {
          if (last === null) return;
          const { answer, answered } = last.row;
          const { key, unit } = last.navigation;
          if (answer === null || answered === null) return;
          const link = linkOf(answered, answer, unit === 'token' ? key : null);
          commands.navigate(explaining(last, link));
        },
      },
    },
    t('Why?'),
  );
  const whatIf = element(
    'button',
    {
      class: 'link why',
      attributes: {
        type: 'button',
        title: t('One thing done differently, computed for real: first of all this head muted'),
      },
      on: {
        click: () => {
          if (last !== null) commands.navigate(wondering(last));
        },
      },
    },
    t('What if?'),
  );
  const hidden = element('p', { class: 'hint' });
  const waiting = element('p', { class: 'hint' });
  const root = element(
    'div',
    { class: 'statement' },
    element(
      'div',
      { class: 'statement-row' },
      name,
      said,
      why,
      whatIf,
      words,
      lock,
      approximate,
      legend.root,
    ),
    hidden,
    waiting,
  );
  return {
    root,
    update(view) {
      const { navigation, row, theme, reader } = view;
      last = view;
      show(why, row.answer !== null && navigation.view !== 'steps');
      show(whatIf, row.answer !== null && navigation.view !== 'whatIf');
      show(root, view.snapshot.plan !== null);
      setText(name, shortName(navigation, t));
      setText(said, sentence(view, t));
      show(words, navigation.unit === 'word');
      show(lock, navigation.token?.locked === true);
      show(approximate, row.answer?.approximate === true);
      const weights = row.answer === null ? null : numbersOf(row.answer.weights);
      const direction = row.answered?.direction ?? navigation.direction;
      show(legend.root, weights !== null);
      legend.update(
        theme[direction],
        '0',
        scaleEnd(topOf(reader.colourScale, largestOf(weights))),
        scaleNote(
          reader.colourScale,
          direction === 'looksAt' ? t('√ scale of this row') : t('√ scale of this column'),
          t,
        ),
      );
      const share = row.answer?.hidden ?? null;
      show(hidden, row.answered?.hideSpecials === true);
      setText(
        hidden,
        share === null
          ? ''
          : t(
              'Special tokens are hidden; weights are renormalised over the shown tokens. Hidden share: {share}.',
              {
                share: share.toFixed(2),
              },
            ),
      );
      // Matrix and table say themselves why they are empty; here only why the chips have no weights.
      const told = navigation.view === 'row' || !isComputed(navigation, view.snapshot);
      const reason = told ? null : describeWaiting(view, view.row, 'row', t);
      setText(waiting, reason ?? '');
      show(waiting, reason !== null);
    },
  };
}
