/** Sentences in which symbols are set as formulas have them: `d_k` with its index, `W^O` with its exponent. */
import { element } from '../parts/element';

const SYMBOL = /(\p{L})([_^])(model|ff|\p{L})/gu;

export function symbolText(words: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const found of words.matchAll(SYMBOL)) {
    const [whole, letter = '', sign, mark = ''] = found;
    parts.push(
      words.slice(end, found.index),
      element('i', {}, letter, element(sign === '_' ? 'sub' : 'sup', {}, mark)),
    );
    end = found.index + whole.length;
  }
  parts.push(words.slice(end));
  return parts;
}
