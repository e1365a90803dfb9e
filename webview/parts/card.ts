/** A titled part of a view. */
import { element } from './element';

export const card = (title: string, kind: '' | 'wide', ...children: readonly Node[]): HTMLElement =>
  element(
    'section',
    { class: `card ${kind}`.trim() },
    element('h3', { class: 'small-title' }, title),
    ...children,
  );

/** The room of a chart; the canvas is named anew with what it shows. */
export function chartRoom(): { readonly room: HTMLElement; readonly canvas: HTMLCanvasElement } {
  const canvas = element('canvas', { attributes: { role: 'img' } });
  return { room: element('div', { class: 'chart' }, canvas), canvas };
}
