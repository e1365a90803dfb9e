/**
 * The chosen token's weights as a table: the accessible twin of colours and matrix. Beside each
 * weight stands how much was really moved: ‖α·v·W_O‖.
 */
import type { Translate } from '../../src/language/translate';
import { numbersOf } from '../../src/protocol/wireTensor';
import { orderAfterClick, sorted, type Column, type Order } from '../drawing/sorting';
import { sightOf, unseenIn } from '../../src/navigation/causality';
import { approximateWords } from '../../src/navigation/approximate';
import { labelAt } from '../../src/navigation/labels';
import { createCandidates } from './candidates';
import { element, setAttribute, setText, show } from '../parts/element';
import { colouredSide } from '../../src/navigation/navigationRules';
import { listedOf, writtenAt, writingSide } from '../../src/navigation/traceState';
import type { Commands, Part, View } from './view';
import { explaining } from '../steps/explaining';
import { unseenWords } from '../parts/unseenWords';
import { describeWaiting } from './waiting';
import { WeightRows, type TokenEntry } from '../parts/weightRows';

function entriesOf({ snapshot, row }: View): TokenEntry[] {
  if (row.answer === null || row.answered === null) return [];
  const norms = numbersOf(row.answer.norms);
  const { answered } = row;
  const side = colouredSide(snapshot, answered.stack, answered.direction);
  const tokens = listedOf(snapshot, side, answered.unit);
  const sight = sightOf(snapshot, answered);
  const isSeen = (other: number): boolean => unseenIn(sight, answered.direction, other) === null;
  return [...numbersOf(row.answer.weights)].flatMap((weight, position) => {
    const token = tokens[position];
    if (token === undefined || Number.isNaN(weight) || !isSeen(position)) return [];
    return [
      {
        position,
        weight,
        norm: norms[position] ?? 0,
        label: labelAt(tokens, position),
        special: token.special,
      },
    ];
  });
}

export function createRowPanel(t: Translate, commands: Commands): Part {
  let order: Order = { column: 'weight', descending: true };
  let last: View | null = null;
  let drawn: readonly unknown[] = [];
  const columns: readonly { column: Column; words: string; title: string }[] = [
    { column: 'position', words: t('Position'), title: t('Place of the token, counted from 0') },
    { column: 'weight', words: t('Weight'), title: t('Attention weight α after softmax') },
    {
      column: 'norm',
      words: t('Moved ‖α·v·W_O‖'),
      title: t(
        'Length of what the head really adds from that token: weight × value vector × output projection. A large weight on a short vector moves little. Never renormalised.',
      ),
    },
  ];
  const headers = columns.map(({ column, words, title }) =>
    element(
      'th',
      { class: column === 'position' ? 'position' : 'number', attributes: { scope: 'col' } },
      element(
        'button',
        {
          class: 'sort',
          attributes: { type: 'button', title },
          on: {
            click: () => {
              order = orderAfterClick(order, column);
              if (last !== null) draw(last);
            },
          },
        },
        words,
      ),
    ),
  );
  const named = element('th', { attributes: { scope: 'col' } });
  const rows = new WeightRows({
    title: t('Why this weight? The steps that lead to it'),
    go: (position) => {
      const address = last?.row.answered;
      if (last === null || address == null) return;
      const { token, direction } = address;
      const looks = direction === 'looksAt';
      const link = looks ? { query: token, key: position } : { query: position, key: token };
      commands.navigate(explaining(last, link));
    },
  });
  const caption = element('caption', { class: 'hidden-visually' });
  const table = element(
    'table',
    { class: 'weights' },
    caption,
    element('thead', {}, element('tr', {}, headers[0] ?? null, named, ...headers.slice(1))),
    rows.root,
  );
  const waiting = element('p', { class: 'waiting' });
  const approximate = element('p', { class: 'hint' }, approximateWords(t));
  const step = element('p', { class: 'hint' });
  const unseen = element('p', { class: 'hint' });
  const definition = element('p', { class: 'hint' }, columns[2]?.title ?? '');
  const candidates = createCandidates(t);
  const root = element(
    'div',
    { class: 'row-panel' },
    waiting,
    approximate,
    step,
    element(
      'div',
      { class: 'row-columns' },
      element('div', { class: 'row-main' }, table, unseen, definition),
      candidates.root,
    ),
  );

  /** Which step of writing an output token's row belongs to is easily taken for the one before. */
  function describeStep({ snapshot, navigation, preview }: View): string | null {
    const token = preview ?? navigation.token;
    const { direction, unit } = navigation;
    const { plan } = snapshot;
    if (token === null || plan === null || token.side !== writingSide(plan)) return null;
    if (direction !== 'looksAt' || unit === 'word') return null;
    if (writtenAt(snapshot, token.index + 1) === null) return null;
    const listed = listedOf(snapshot, token.side, unit);
    return t('The model read “{token}” here while it wrote “{next}”.', {
      token: labelAt(listed, token.index),
      next: labelAt(listed, token.index + 1),
    });
  }

  function leftOut({ snapshot, row: { answer, answered } }: View): string | null {
    if (answer === null || answered === null) return null;
    const [length = 0] = answer.weights.shape;
    return unseenWords(sightOf(snapshot, answered), answered.direction, length, t);
  }

  function draw(view: View): void {
    const entries = entriesOf(view);
    headers.forEach((header, i) => {
      const active = columns[i]?.column === order.column;
      setAttribute(
        header,
        'aria-sort',
        active ? (order.descending ? 'descending' : 'ascending') : 'none',
      );
    });
    const scale = view.theme[view.row.answered?.direction ?? 'looksAt'];
    rows.update(sorted(entries, order), scale, view.reader.colourScale);
  }

  return {
    root,
    update(view) {
      last = view;
      const reason = describeWaiting(view, view.row, 'row', t);
      setText(waiting, reason ?? '');
      show(waiting, reason !== null);
      const words = describeStep(view);
      setText(step, words ?? '');
      show(step, words !== null);
      show(table, view.row.answer !== null);
      const isApproximate = view.row.answer?.approximate === true;
      show(approximate, isApproximate);
      table.classList.toggle('approximate', isApproximate);
      show(definition, view.row.answer !== null);
      const left = leftOut(view);
      setText(unseen, left ?? '');
      show(unseen, left !== null);
      candidates.update(view);
      setText(named, view.navigation.unit === 'word' ? t('Word') : t('Token'));
      setText(caption, t('Weights of the chosen token, with what was really moved'));
      const drawing = [view.row.answer, view.theme, view.reader.colourScale];
      if (drawing.every((part, i) => part === drawn[i])) return;
      drawn = drawing;
      draw(view);
    },
  };
}
