/** At the foot of the view, in sight wherever one reads: the position, and the step from it. */
import type { Translate } from '../../src/language/translate';
import { element, setAttribute, setText, show } from '../parts/element';
import { mostStep, type Place, type PlaceChoice, type PlaceLimits } from './placeChoice';

interface Slider {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement;
  readonly words: HTMLElement;
}

export class PlaceBar {
  readonly root: HTMLElement;
  private readonly position: Slider;
  private readonly step: Slider;

  constructor(
    private readonly t: Translate,
    choice: PlaceChoice,
  ) {
    this.position = slider('p', t('Position to measure from'), 0, (position) =>
      choice.choose({ position }),
    );
    this.step = slider('k', t('Step to another position'), 1, (step) => choice.choose({ step }));
    this.root = element(
      'div',
      { class: 'place-bar', attributes: { role: 'group', 'aria-label': t('Position and step') } },
      this.position.root,
      this.step.root,
    );
  }

  /** `steps`: whether anything shown depends on the step. */
  update(place: Place, limits: PlaceLimits, labels: readonly string[], steps: boolean): void {
    const from = this.t('from position {position} “{token}”', {
      position: place.position,
      token: labels[place.position] ?? '',
    });
    set(this.position, limits.positions - 1, place.position, from);
    show(this.step.root, steps);
    set(this.step, mostStep(limits), place.step, this.t('step {step}', { step: place.step }));
  }
}

function slider(name: string, label: string, min: number, chosen: (value: number) => void): Slider {
  const input = element('input', {
    attributes: { type: 'range', min, step: 1, 'aria-label': label, title: label },
    on: { input: () => chosen(input.valueAsNumber) },
  });
  const words = element('output', { class: 'origin-words' });
  const root = element(
    'div',
    { class: 'place' },
    element('span', { class: 'place-name', attributes: { 'aria-hidden': 'true' } }, name),
    input,
    words,
  );
  return { root, input, words };
}

function set({ input, words }: Slider, most: number, value: number, said: string): void {
  setAttribute(input, 'max', Math.max(most, 0));
  if (input.valueAsNumber !== value) input.value = String(value);
  setText(words, said);
  setAttribute(input, 'aria-valuetext', said);
}
