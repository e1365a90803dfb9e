/** Cells of the tables about heads: names that go there, numbers, bars. */
import type { ColourScale } from '../../src/palette/weightScale';
import { DifferenceCell } from '../compare/differenceCell';
import { BarCell } from './barCell';
import { element } from './element';

/** Names its row; with `go` a button. */
export function headerCell(name: string, go: (() => void) | null = null): HTMLElement {
  const content =
    go === null
      ? name
      : element('button', { class: 'go', attributes: { type: 'button' }, on: { click: go } }, name);
  return element('th', { class: 'token-name', attributes: { scope: 'row', dir: 'auto' } }, content);
}

export const numberCell = (text: string): HTMLElement =>
  element('td', { class: 'column-number' }, text);

/** A length, with a bar of its share of the longest. */
export function lengthCell(value: number, most: number, scale: ColourScale): HTMLElement {
  const cell = new BarCell();
  cell.update(value, most, scale);
  return cell.root;
}

/** A signed number, with a bar to its side of the middle. */
export function signedCell(value: number, most: number, scale: ColourScale): HTMLElement {
  const cell = new DifferenceCell();
  cell.update(value, most, scale);
  return cell.root;
}

/** A difference of two computations that should agree: its size is what matters. */
export const tinyNumber = (value: number): string => (value === 0 ? '0' : value.toExponential(1));
