/** A labelled field for a whole number from 1; what is no such number is left alone until it is. */
import { element } from '../parts/element';

export function numberField(
  label: string,
  first: number,
  largest: number,
  changed: (value: number) => void,
): HTMLElement {
  const input = element('input', {
    attributes: { type: 'number', min: 1, max: largest, step: 1, value: first },
    on: {
      input: () => {
        const value = input.valueAsNumber;
        if (Number.isInteger(value) && value >= 1 && value <= largest) changed(value);
      },
    },
  });
  return element('label', { class: 'check' }, label, input);
}
