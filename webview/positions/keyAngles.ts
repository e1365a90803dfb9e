/** For the chosen token as query: how far away each key is, and how far the pairs are turned between them. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { chosenToken, entryOfToken } from '../inspector/tokenEntries';
import type { Commands } from '../inspector/view';
import { element, setText } from '../parts/element';
import { TwinTable } from '../parts/twinTable';
import { degreesBetween } from './rotaryPairs';
import type { RotarySight } from './rotaryPositions';

export class KeyAngles {
  readonly root: HTMLElement;
  private readonly title = element('h3', { class: 'small-title' });
  private readonly twin: TwinTable;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.twin = new TwinTable(t('Distances and angles'));
    this.twin.root.open = true;
    this.root = element('section', { class: 'card wide' }, this.title, this.twin.root);
  }

  update({ view, rotation, origin, labels, key }: RotarySight, pairs: readonly number[]): void {
    const { t } = this;
    const { theme } = view;
    setText(
      this.title,
      t('From query “{token}” at position {position}', {
        token: labels[origin] ?? '',
        position: origin,
      }),
    );
    const side = chosenToken(view)?.side ?? 'source';
    const unit = view.navigation.unit;
    this.twin.update(
      `${key}/${origin}/${labels.length}/${pairs.join()}/${theme.lines.join()}/${unit}`,
      () => ({
        columns: [
          { name: t('Position'), kind: 'position' },
          { name: t('Token'), kind: 'header' },
          { name: t('Distance'), kind: 'number', title: t('Position of the query − of the key') },
          { name: t('Similarity'), kind: 'number', title: t('Mean of the cosines over all pairs') },
          ...pairs.map((pair, i) => ({
            name: t('pair {pair}', { pair }),
            kind: 'number' as const,
            title: t('Angle between query and key, distance × θ, full turns left out'),
            ...(theme.lines[i] === undefined ? {} : { colour: theme.lines[i] }),
          })),
        ],
        rows: labels.map((label, index) => {
          const distance = origin - index;
          return {
            cells: [
              String(index),
              label,
              String(distance),
              fourDecimals(rotation.similarity(Math.abs(distance))),
              ...pairs.map((pair) => {
                const frequency = rotation.frequencies[pair] ?? Number.NaN;
                return `${degreesBetween(distance, frequency).toFixed(1)}°`;
              }),
            ],
            go: () => this.commands.choose(entryOfToken(view, { side, index }), true),
          };
        }),
      }),
      origin,
    );
  }
}
