/** The pictures of a step: what it looks at in the text and in what is written, and what was there before it. */
import type { Translate } from '../../src/language/translate';
import { givenCount, readCount } from '../../src/navigation/traceState';
import type { Stack } from '../../src/protocol/address';
import type { Commands, View } from '../inspector/view';
import { element, show } from '../parts/element';
import { filmAddress, type FilmSight } from './filmSight';
import { MapCard } from './mapCard';
import { RowCard } from './rowCard';

/** Beside text and candidates: a step is to be seen at one glance. */
const TRIANGLE = { cell: 20, height: 340 };
const SMALL = { cell: 12, height: 200 };

export class FilmCards {
  readonly root: HTMLElement;
  private readonly cross: RowCard;
  private readonly self: RowCard;
  private readonly triangle: MapCard;
  private readonly encoder: MapCard;
  private shown: { view: View; film: FilmSight } | null = null;

  constructor(
    t: Translate,
    commands: Commands,
    /** Goes to a step. */
    go: (step: number) => void,
  ) {
    const again = (): void => {
      if (this.shown !== null) this.update(this.shown.view, this.shown.film);
    };
    const asTable = (stack: Stack): HTMLElement =>
      element(
        'button',
        {
          class: 'link',
          attributes: { type: 'button' },
          on: { click: () => commands.navigate({ view: 'row', stack, direction: 'looksAt' }) },
        },
        t('The same numbers as a table'),
      );
    this.cross = new RowCard('cross', t('Cross-attention to the text'), t, commands, again);
    this.self = new RowCard('decoder', t('Self-attention of this step'), t, commands, again);
    this.triangle = new MapCard(
      'film-triangle',
      {
        title: t('Self-attention so far'),
        note: t(
          'Each step adds a row; what comes later is masked (hatched). Choose a row to go to its step.',
        ),
        label: (name, rows) =>
          t('Masked self-attention {name}: {rows} rows up to this step', { name, rows }),
      },
      t,
      commands,
      again,
      TRIANGLE,
      (query) => {
        if (this.shown === null) return;
        const { snapshot } = this.shown.view;
        // A row of the reader's own text belongs to no step but, the last, to the first.
        const step = query + 1 - givenCount(snapshot);
        if (step >= 0) go(step);
      },
      asTable('decoder'),
    );
    this.encoder = new MapCard(
      'film-encoder',
      {
        title: t('Self-attention of the encoder'),
        note: t(
          'Computed once, before the first step: every step looks at what came of it, and none changes it.',
        ),
        label: (name, rows) =>
          t('Self-attention of the encoder {name}: {rows} rows', { name, rows }),
      },
      t,
      commands,
      again,
      SMALL,
      () => {},
      asTable('encoder'),
    );
    this.root = element(
      'div',
      { class: 'film-cards' },
      this.cross.root,
      this.self.root,
      this.triangle.root,
      this.encoder.root,
    );
  }

  /** Its matrices have come, so that it is as high as it will be. */
  get settled(): boolean {
    return [this.triangle, this.encoder].every((map) => map.root.hidden || map.settled);
  }

  update(view: View, film: FilmSight): void {
    this.shown = { view, film };
    const { snapshot, navigation } = view;
    const { plan, query, side } = film;
    const two = plan.model.architecture === 'encoderDecoder';
    show(this.cross.root, two);
    show(this.encoder.root, two);
    if (two) this.cross.update(view, film);
    this.self.update(view, film);
    this.triangle.update(view, {
      address: filmAddress(plan, navigation, 'decoder'),
      available: readCount(snapshot, side),
      query,
    });
    if (!two) return;
    this.encoder.update(view, {
      address: filmAddress(plan, navigation, 'encoder'),
      available: readCount(snapshot, 'source'),
      query: null,
    });
  }
}
