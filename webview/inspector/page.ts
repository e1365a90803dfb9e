/** Puts the parts of the page together, for one language. */
import type { Translate } from '../../src/language/translate';
import { ComparePanel } from '../compare/comparePanel';
import { createActions } from './actions';
import { createAnnouncer } from './announcer';
import { createControls } from './controls';
import { element } from '../parts/element';
import { HeadsPanel } from '../heads/headsPanel';
import { LearnPanel } from '../learn/learnPanel';
import { MapPanel } from '../map/mapPanel';
import { lazyPart } from '../parts/lazyPart';
import { StepsPanel } from '../steps/stepsPanel';
import { TourPanel } from '../tour/tourPanel';
import { WhatIfPanel } from '../whatIf/whatIfPanel';
import { createHeader } from './header';
import { MatrixPanel } from './matrixPanel';
import { Notices, type Notice } from './notices';
import { createOverview } from './overview';
import { PositionNote } from '../positions/positionNote';
import { PositionsPanel } from '../positions/positionsPanel';
import { ChipTagger } from '../prediction/chipTagger';
import { PredictionPanel } from '../prediction/predictionPanel';
import { createRowPanel } from './rowPanel';
import { createStatement } from './statement';
import { createTabs } from './tabs';
import { TokenLine } from './tokenLine';
import type { Commands, View } from './view';

export class Page {
  readonly root: HTMLElement;
  private readonly notices: Notices;
  private readonly parts;

  constructor(t: Translate, commands: Commands) {
    const header = createHeader(t, commands);
    this.notices = new Notices(t);
    const source = new TokenLine('source', t, commands);
    const target = new TokenLine('target', t, commands);
    const tags = new ChipTagger(source.root, t);
    const positionNote = new PositionNote([source.root, target.root], t);
    const statement = createStatement(t);
    const controls = createControls(t, commands);
    const overview = createOverview(t, commands);
    const matrix = new MatrixPanel(t, commands, () => commands.navigate({ view: 'row' }));
    const tabs = createTabs(t, commands, {
      matrix,
      row: createRowPanel(t),
      positions: new PositionsPanel(t, commands),
      prediction: new PredictionPanel(t, commands),
      compare: new ComparePanel(t, commands),
      steps: lazyPart(() => new StepsPanel(t, commands)),
      heads: lazyPart(() => new HeadsPanel(t, commands)),
      whatIf: lazyPart(() => new WhatIfPanel(t, commands)),
      map: lazyPart(() => new MapPanel(t, commands)),
      tour: lazyPart(() => new TourPanel(t, commands)),
      learn: lazyPart(() => new LearnPanel(t, commands)),
    });
    const actions = createActions(t, commands, matrix);
    const announcer = createAnnouncer(t);
    this.parts = [
      header,
      this.notices,
      source,
      target,
      tags,
      positionNote,
      statement,
      controls,
      overview,
      tabs,
      actions,
      announcer,
    ];
    this.root = element(
      'div',
      { class: 'page' },
      header.root,
      this.notices.root,
      element(
        'main',
        {},
        element('div', { class: 'lines' }, source.root, target.root, positionNote.root),
        controls.root,
        statement.root,
        overview.root,
        tabs.root,
        actions.root,
      ),
      announcer.root,
    );
  }

  update(view: View): void {
    for (const part of this.parts) part.update(view);
  }

  tell(notice: Notice): void {
    this.notices.tell(notice);
  }
}
