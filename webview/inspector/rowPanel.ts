/**
 * The chosen token's weights as a table: the accessible twin of colours and matrix. Beside each
 * weight stands how much was really moved: ‖α·v·W_O‖.
 */
import type { Translate } from '../../src/language/translate';
import { colourAt, cssColour, type ColourScale } from '../../src/palette/weightScale';
import { stepOf } from '../../src/palette/weightCoding';
import { numbersOf } from '../../src/protocol/wireTensor';
import { orderAfterClick, sorted, type Column, type Entry, type Order } from '../drawing/sorting';
import { visibleLabel } from '../drawing/tokenFlow';
import { createCandidates } from './candidates';
import { element, setAttribute, setText, show } from './element';
import { fourDecimals } from './names';
import { colouredSide } from './navigationRules';
import { tokensOf } from './traceState';
import type { Part, View } from './view';
import { describeWaiting } from './waiting';

interface TokenEntry extends Entry {
  readonly label: string;
  readonly special: boolean;
}

function entriesOf({ snapshot, row }: View): TokenEntry[] {
  if (row.answer === null || row.answered === null) return [];
  const norms = numbersOf(row.answer.norms);
  const tokens = tokensOf(snapshot, colouredSide(row.answered.stack, row.answered.direction));
  return [...numbersOf(row.answer.weights)].flatMap((weight, position) => {
    const token = tokens[position];
    if (token === undefined || Number.isNaN(weight)) return [];
    return [
      {
        position,
        weight,
        norm: norms[position] ?? 0,
        label: visibleLabel(token),
        special: token.special,
      },
    ];
  });
}

/** A number with a bar as long as it is large. */
function barCell(value: number, maximum: number, colour: string): HTMLElement {
  const bar = element('span', { class: 'cell-bar', attributes: { 'aria-hidden': 'true' } });
  bar.style.setProperty('width', `${maximum > 0 ? (100 * value) / maximum : 0}%`);
  bar.style.setProperty('background-color', colour);
  return element(
    'td',
    { class: 'number' },
    element('span', { class: 'cell-number' }, fourDecimals(value)),
    element('span', { class: 'cell-track' }, bar),
  );
}

export function createRowPanel(t: Translate): Part {
  let order: Order = { column: 'weight', descending: true };
  let last: View | null = null;
  let drawn = '';
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
  const body = element('tbody');
  const caption = element('caption', { class: 'hidden-visually' });
  const table = element(
    'table',
    { class: 'weights' },
    caption,
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        headers[0] ?? null,
        element('th', { attributes: { scope: 'col' } }, t('Token')),
        ...headers.slice(1),
      ),
    ),
    body,
  );
  const waiting = element('p', { class: 'waiting' });
  const step = element('p', { class: 'hint' });
  const definition = element('p', { class: 'hint' }, columns[2]?.title ?? '');
  const candidates = createCandidates(t);
  const root = element(
    'div',
    { class: 'row-panel' },
    waiting,
    step,
    element(
      'div',
      { class: 'row-columns' },
      element('div', { class: 'row-main' }, table, definition),
      candidates.root,
    ),
  );

  /** Which step of writing an output token's row belongs to is easily taken for the one before. */
  function describeStep({ snapshot, navigation, preview }: View): string | null {
    const token = preview ?? navigation.token;
    if (token?.side !== 'target' || navigation.direction !== 'looksAt') return null;
    const tokens = tokensOf(snapshot, 'target');
    const [here, next] = [tokens[token.index], tokens[token.index + 1]];
    if (here === undefined || next === undefined) return null;
    return t('The model read “{token}” here while it wrote “{next}”.', {
      token: visibleLabel(here),
      next: visibleLabel(next),
    });
  }

  function draw(view: View): void {
    const entries = entriesOf(view);
    const largest = (column: Column): number =>
      entries.reduce((most, entry) => Math.max(most, entry[column]), 0);
    const [weight, norm] = [largest('weight'), largest('norm')];
    const scale: ColourScale = view.theme[view.row.answered?.direction ?? 'looksAt'];
    const colour = (value: number, maximum: number): string =>
      cssColour(colourAt(scale, Math.max(96, stepOf(value, maximum))));
    headers.forEach((header, i) => {
      const active = columns[i]?.column === order.column;
      setAttribute(
        header,
        'aria-sort',
        active ? (order.descending ? 'descending' : 'ascending') : 'none',
      );
    });
    body.replaceChildren(
      ...sorted(entries, order).map((entry) =>
        element(
          'tr',
          { class: entry.special ? 'special' : '' },
          element('td', { class: 'position' }, String(entry.position)),
          element(
            'th',
            { class: 'token-name', attributes: { scope: 'row', dir: 'auto', title: entry.label } },
            entry.label,
          ),
          barCell(entry.weight, weight, colour(entry.weight, weight)),
          barCell(entry.norm, norm, colour(entry.norm, norm)),
        ),
      ),
    );
  }

  return {
    root,
    update(view) {
      last = view;
      const reason = describeWaiting(view, 'row', t);
      setText(waiting, reason ?? '');
      show(waiting, reason !== null);
      const words = describeStep(view);
      setText(step, words ?? '');
      show(step, words !== null);
      show(table, view.row.answer !== null);
      show(definition, view.row.answer !== null);
      candidates.update(view);
      setText(caption, t('Weights of the chosen token, with what was really moved'));
      // Rebuilding a long table is only worth it for another row, or other colours.
      const key = JSON.stringify([
        view.snapshot.trace,
        view.row.answered,
        view.theme.kind,
        view.row.answer?.weights.shape,
      ]);
      if (key !== drawn) {
        drawn = key;
        draw(view);
      }
    },
  };
}
