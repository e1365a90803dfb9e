/**
 * The cards of the film that say how it is written, alone in the page with a made state: tests drive
 * them through `window.filmCards`.
 */
import type { Branch } from '../../src/protocol/branch';
import { translator, type Bundle } from '../../src/language/translate';
import { initialNavigation, type Navigation } from '../../src/protocol/navigation';
import type { Answer } from '../../src/protocol/queries';
import { emptySnapshot } from '../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { Failure } from '../../src/failure/failure';
import { BranchesCard } from '../../webview/film/branches/branchesCard';
import { BeamsCard } from '../../webview/film/search/beamsCard';
import { SearchCard } from '../../webview/film/search/searchCard';
import type { Commands, View } from '../../webview/inspector/view';
import { readTheme } from '../../webview/parts/theme';

const unknown = {
  question: null,
  answer: null,
  answered: null,
  fresh: false,
  failure: null,
  progress: null,
};
const positions = { source: {}, target: {} } as unknown as View['positions'];

class FilmCards {
  /** What was asked to be done, in order. */
  readonly asked: (readonly [keyof Commands, ...unknown[]])[] = [];
  private settings: Answer<'generationSettings'> | null = null;
  private cards: readonly { update(view: View): void }[] = [];
  private t = translator({});
  private state: {
    snapshot: TraceSnapshot;
    navigation: Navigation;
    branches: Branch[];
  } = {
    snapshot: emptySnapshot('a', 'animal.txt'),
    navigation: initialNavigation,
    branches: [],
  };

  open(bundle: Bundle, settings: Answer<'generationSettings'>): void {
    this.settings = settings;
    this.t = translator(bundle);
    const note =
      (name: keyof Commands) =>
      (...rest: unknown[]) => {
        this.asked.push([name, ...rest]);
      };
    const commands = new Proxy({} as Commands, {
      get: (_, name) => {
        if (name === 'ask') return () => this.answer();
        return note(String(name) as keyof Commands);
      },
    });
    const cards = [
      new SearchCard(this.t, commands),
      new BeamsCard(this.t, commands),
      new BranchesCard(this.t, commands),
    ];
    this.cards = cards;
    const room = document.createElement('main');
    room.style.setProperty('grid-template-columns', 'minmax(0, 1fr)');
    room.append(...cards.map(({ root }) => root));
    document.body.replaceChildren(room);
  }

  update(change: Partial<FilmCards['state']>): void {
    this.state = { ...this.state, ...change };
    const { snapshot, navigation, branches } = this.state;
    const view: View = {
      t: this.t,
      locale: document.documentElement.lang,
      theme: readTheme(document.body),
      snapshot,
      navigation,
      preview: null,
      reader: {
        link: 'linked',
        pinned: null,
        branches,
        canGoBack: false,
        canGoForward: false,
        colourScale: 'relative',
      },
      pictures: new Map(),
      row: unknown,
      matrix: unknown,
      positions,
      strips: { source: [], target: [] },
    };
    for (const card of this.cards) card.update(view);
  }

  private answer(): Promise<Answer<'generationSettings'>> {
    return this.settings === null
      ? Promise.reject(new Failure('trace.gone'))
      : Promise.resolve(this.settings);
  }
}

declare global {
  interface Window {
    filmCards: FilmCards;
  }
}

window.filmCards = new FilmCards();
Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: () => undefined,
    getState: () => undefined,
    setState: (state: unknown) => state,
  }),
});
