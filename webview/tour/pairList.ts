/** The tour's sentences: which pair is looked at, and buttons that inspect either sentence. */
import type { Translate } from '../../src/language/translate';
import { pairOf, tourStops, type TourStop } from '../../src/protocol/studies/tourSentences';
import type { TourPair } from '../../src/protocol/studies/tour';
import { element, setAttribute, show } from '../parts/element';
import { OwnPair } from './ownPair';
import type { ShownPair } from './tourWords';

interface Stop {
  readonly root: HTMLElement;
  readonly choose: HTMLButtonElement;
  readonly shows: readonly [HTMLButtonElement, HTMLButtonElement];
  readonly pair: TourPair;
}

export class PairList {
  readonly root: HTMLElement;
  shown: ShownPair;
  private readonly stops: readonly Stop[];
  private readonly ownChoice: HTMLButtonElement;
  private readonly own: OwnPair;
  private readonly ownStop: HTMLElement;
  private ownOpen = false;

  constructor(
    private readonly t: Translate,
    changed: () => void,
    inspect: (sentence: string) => void,
  ) {
    const first = tourStops[0]!;
    this.shown = { pair: pairOf(first), words: [first.words[0], first.words[1]] };
    const choose = (pair: ShownPair, own: boolean): void => {
      this.shown = pair;
      this.ownOpen = own;
      this.update(null);
      changed();
    };
    this.stops = tourStops.map((stop) => this.stopOf(stop, (pair) => choose(pair, false), inspect));
    this.own = new OwnPair(t, (pair) => choose(pair, true));
    this.ownChoice = element(
      'button',
      {
        class: 'tour-choose',
        attributes: { type: 'button', 'aria-expanded': 'false' },
        on: {
          click: () => {
            this.ownOpen = !this.ownOpen;
            this.update(null);
          },
        },
      },
      t('Sentences of your own…'),
    );
    this.ownStop = element('li', { class: 'tour-stop' }, this.ownChoice, this.own.root);
    this.root = element(
      'ul',
      { class: 'tour-pairs', attributes: { 'aria-label': t('Pairs of sentences') } },
      ...this.stops.map(({ root }) => root),
      this.ownStop,
    );
    this.update(null);
  }

  /** @param text on view now */
  update(text: string | null): void {
    const chosen = JSON.stringify(this.shown.pair);
    for (const { root, choose, shows, pair } of this.stops) {
      const isChosen = JSON.stringify(pair) === chosen;
      root.classList.toggle('chosen', isChosen);
      setAttribute(choose, 'aria-pressed', String(isChosen));
      if (text === null) continue;
      for (const [index, button] of shows.entries())
        setAttribute(button, 'aria-current', pair.sentences[index] === text ? 'true' : null);
    }
    const isOwn = this.stops.every(({ pair }) => JSON.stringify(pair) !== chosen);
    this.ownStop.classList.toggle('chosen', isOwn);
    setAttribute(this.ownChoice, 'aria-expanded', String(this.ownOpen));
    show(this.own.root, this.ownOpen);
  }

  private stopOf(
    stop: TourStop,
    choose: (pair: ShownPair) => void,
    inspect: (sentence: string) => void,
  ): Stop {
    const { t } = this;
    const pair = pairOf(stop);
    const { frame, words, trained } = stop;
    const [before, after] = frame.split('…');
    const button = element(
      'button',
      {
        class: 'tour-choose',
        attributes: { type: 'button' },
        on: { click: () => choose({ pair, words: [words[0], words[1]] }) },
      },
      before!,
      element('b', {}, words[0]),
      ' / ',
      element('b', {}, words[1]),
      after!,
    );
    const shows = [0, 1].map((index) => {
      const word = words[index]!;
      return element(
        'button',
        {
          class: 'link',
          attributes: { type: 'button', title: pair.sentences[index]! },
          on: { click: () => inspect(pair.sentences[index]!) },
        },
        t('Show “{word}”', { word }),
      );
    }) as [HTMLButtonElement, HTMLButtonElement];
    const note = trained
      ? null
      : element(
          'span',
          { class: 'hint' },
          t('Outside the patterns that the built-in model was trained on.'),
        );
    const row = element('div', { class: 'tour-shows' }, ...shows, note);
    const root = element('li', { class: 'tour-stop' }, button, row);
    return { root, choose: button, shows, pair };
  }
}
