import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../disposables';
import { systemClock } from '../engine/clock';
import { TokenHovers } from '../hover/hoverProvider';
import { HoverRegistration } from '../hover/hoverRegistration';
import { AutomaticRerun } from '../inspection/automaticRerun';
import type { Services } from '../services';
import { automaticRerun, colourScale, hoverEnabled } from '../settings';
import { Colours } from './colours';
import { CursorFollower } from './cursorFollower';
import { EditorSurfaces, themeOf } from './editorSurfaces';

/** All that happens on the reader's own document: colours, hovers, the query under the cursor. */
export class EditorFeatures implements Disposable {
  private readonly store = new DisposableStore();
  readonly surfaces = this.store.add(new EditorSurfaces());
  readonly colours: Colours;
  readonly tokenHovers: TokenHovers;
  readonly hovers: HoverRegistration;

  constructor(
    { inspections, reader, links, rows, engine }: Services,
    /** Runs the current text as it is now. */
    again: () => void,
  ) {
    this.store.add(new CursorFollower(inspections, reader, links));
    this.colours = this.store.add(
      new Colours(inspections, reader, rows, links, this.surfaces, systemClock),
    );
    const theme = (): ReturnType<typeof themeOf> => themeOf(vscode.window.activeColorTheme);
    this.tokenHovers = new TokenHovers(links, { rows, engine }, theme, colourScale);
    this.hovers = this.store.add(new HoverRegistration(links, this.tokenHovers, hoverEnabled));
    this.store.add(
      new AutomaticRerun(inspections, links.changed, systemClock, automaticRerun, again),
    );
  }

  dispose(): void {
    this.store.dispose();
  }
}
