/** Puts the parts of the page together, for one language. */
import type { Translate } from '../../src/language/translate';
import { createActions } from './actions';
import { createAnnouncer } from './announcer';
import { createControls } from './controls';
import { element } from '../parts/element';
import type { laterViews } from './laterViews';
import { lazyPart } from '../parts/lazyPart';
import { lessonSlot } from '../learn/lessonSlot';
import { createHeader } from './header';
import { MatrixPanel } from './matrixPanel';
import { Notices, type Notice } from './notices';
import { createOverview } from './overview';
import { PositionNote } from '../positions/positionNote';
import { ChipTagger } from '../prediction/chipTagger';
import { createPreviewLine } from './previewLine';
import { createRowPanel } from './rowPanel';
import { createStatement } from './statement';
import { createTabs } from './tabs';
import { TokenLine } from './tokenLine';
import type { Commands, Part, View } from './view';

export class Page {
  readonly root: HTMLElement;
  private readonly notices: Notices;
  private readonly parts;

  constructor(t: Translate, commands: Commands) {
    const header = createHeader(t, commands);
    this.notices = new Notices(t);
    const preview = createPreviewLine(t);
    const source = new TokenLine('source', t, commands);
    const target = new TokenLine('target', t, commands);
    const tags = new ChipTagger(source.root, t);
    const positionNote = new PositionNote([source.root, target.root], t);
    const statement = createStatement(t, commands);
    const controls = createControls(t, commands);
    const overview = createOverview(t, commands);
    const matrix = new MatrixPanel(t, commands, () => commands.navigate({ view: 'row' }));
    const later = (name: keyof typeof laterViews): Part =>
      lazyPart(t, async () => {
        const { laterViews: views } = await import('./laterViews');
        return new views[name](t, commands);
      });
    const lesson = lessonSlot(t, commands);
    const tabs = createTabs(t, commands, {
      matrix,
      row: createRowPanel(t, commands),
      positions: later('positions'),
      prediction: later('prediction'),
      film: later('film'),
      compare: later('compare'),
      steps: later('steps'),
      heads: later('heads'),
      whatIf: later('whatIf'),
      map: later('map'),
      tour: later('tour'),
      learn: later('learn'),
    });
    const actions = createActions(t, commands, matrix);
    const announcer = createAnnouncer(t);
    this.parts = [
      header,
      this.notices,
      preview,
      source,
      target,
      tags,
      positionNote,
      statement,
      controls,
      overview,
      lesson,
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
        preview.root,
        element('div', { class: 'lines' }, source.root, target.root, positionNote.root),
        controls.root,
        statement.root,
        overview.root,
        lesson.root,
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
