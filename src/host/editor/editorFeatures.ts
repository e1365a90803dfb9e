import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../disposables';
import { systemClock } from '../engine/clock';
import { TokenHovers } from '../hover/hoverProvider';
import { HoverRegistration } from '../hover/hoverRegistration';
import { AutomaticRerun } from '../inspection/automaticRerun';
import { OutputFeatures } from '../output/outputFeatures';
import { TextsInEditors } from '../output/textsInEditors';
import type { Services } from '../services';
import { automaticRerun, colourScale, hoverEnabled } from '../settings';
import { Colours } from './colours';
import { CursorFollower } from './cursorFollower';
import { EditorSurfaces, themeOf } from './editorSurfaces';
import { InspectedTexts } from './inspectedTexts';

/** All that happens on the reader's own document and beside it: colours, hovers, the query under the cursor. */
export class EditorFeatures implements Disposable {
  private readonly store = new DisposableStore();
  readonly surfaces = this.store.add(new EditorSurfaces());
  readonly colours: Colours;
  readonly tokenHovers: TokenHovers;
  readonly hovers: HoverRegistration;
  readonly output: OutputFeatures;

  constructor(
    services: Services,
    /** Runs the current text as it is now. */
    again: () => void,
  ) {
    const { inspections, reader, links, rows, engine } = services;
    const theme = (): ReturnType<typeof themeOf> => themeOf(vscode.window.activeColorTheme);
    this.output = this.store.add(new OutputFeatures(services, theme));
    const { documents } = this.output;
    this.store.add(new CursorFollower(inspections, reader, links, documents));
    const texts = this.store.add(
      new TextsInEditors(new InspectedTexts(links), documents, inspections),
    );
    this.colours = this.store.add(
      new Colours(inspections, reader, rows, texts, this.surfaces, systemClock),
    );
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
