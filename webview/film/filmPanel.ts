/** Generation step by step: a bar over what was written, and of each step all that it saw and might have said. */
import type { Translate } from '../../src/language/translate';
import { stepCount, toStep } from '../../src/navigation/film';
import { isRunning } from '../../src/navigation/traceState';
import type { Commands, Part, View } from '../inspector/view';
import { element, show } from '../parts/element';
import { BranchesCard } from './branches/branchesCard';
import { CacheCard } from './cache/cacheCard';
import { EmptyFilm } from './emptyFilm';
import { FilmCards } from './filmCards';
import { filmMove, stepAfter, type FilmMove } from './filmKeys';
import { filmSightOf, type FilmSight } from './filmSight';
import { ForcedCard } from './forced/forcedCard';
import { KeptFocus } from './keptFocus';
import { KeptPlace } from './keptPlace';
import { OutputSoFar } from './outputSoFar';
import { afterTimeout, Player } from './player';
import { ScrubBar } from './scrubBar';
import { BeamsCard } from './search/beamsCard';
import { SearchCard } from './search/searchCard';
import { StepCandidates } from './stepCandidates';
import { Transport } from './transport';

export class FilmPanel implements Part {
  readonly root: HTMLElement;
  private readonly empty: EmptyFilm;
  private readonly player: Player;
  private readonly transport: Transport;
  private readonly bar: ScrubBar;
  private readonly output: OutputSoFar;
  private readonly candidates: StepCandidates;
  private readonly cards: FilmCards;
  /** Everything about the present step: here keys go from step to step. */
  private readonly stage: HTMLElement;
  private readonly ways: readonly Part[];
  private readonly place: KeptPlace;
  private readonly focus = new KeptFocus();
  private view: View | null = null;
  /** Where the reader is heading, until the page has gone there: keys may come faster than frames. */
  private heading: number | null = null;

  constructor(
    t: Translate,
    private readonly commands: Commands,
  ) {
    const leave = (): void => {
      if (this.view === null) return;
      const { trace } = this.view.snapshot;
      this.place.leave(trace);
      this.focus.leave(trace);
    };
    /** As they are, for those parts that may ask for another run. */
    const leaving: Commands = {
      ...commands,
      write: (writing) => {
        leave();
        commands.write(writing);
      },
      branch: (what, id) => {
        if (what === 'show') leave();
        commands.branch(what, id);
      },
    };
    this.player = new Player(afterTimeout, {
      advance: () => this.advance(),
      changed: () => this.again(),
    });
    this.empty = new EmptyFilm(t, leaving);
    this.transport = new Transport(t, this.player, {
      move: (move) => this.move(move),
      goLive: () => this.goLive(),
      measured: () => this.again(),
    });
    this.bar = new ScrubBar(t, (step) => this.scrub(step));
    this.output = new OutputSoFar(t, commands);
    this.candidates = new StepCandidates(t, leaving);
    this.cards = new FilmCards(t, commands, (step) => this.scrub(step));
    this.stage = element(
      'div',
      {
        class: 'film-stage',
        // A click anywhere in it, and the keys are the film's.
        attributes: { tabindex: -1 },
        on: { keydown: (event) => this.key(event) },
      },
      element('div', { class: 'film-head' }, this.transport.root, this.bar.root),
      element(
        'div',
        { class: 'film-columns' },
        this.output.root,
        this.candidates.root,
        this.cards.root,
      ),
    );
    this.ways = [
      new SearchCard(t, leaving),
      new BeamsCard(t, leaving),
      new BranchesCard(t, leaving),
      new ForcedCard(t, leaving),
      new CacheCard(t, commands),
    ];
    this.root = element(
      'div',
      { class: 'film' },
      this.empty.root,
      this.stage,
      element('div', { class: 'film-ways' }, ...this.ways.map(({ root }) => root)),
    );
    this.place = new KeptPlace(this.root);
  }

  update(view: View): void {
    if (this.view === null) this.standUnder(document.querySelector('.header'));
    if (view.snapshot.trace !== this.view?.snapshot.trace) this.player.pause();
    if (view !== this.view) this.heading = null;
    this.view = view;
    const film = filmSightOf(view);
    show(this.empty.root, film === null);
    show(this.stage, film !== null);
    if (film === null) this.empty.update(view.snapshot);
    else this.show(view, film);
    // Of a run that is over with nothing written no film will come.
    const isOver = film === null && !isRunning(view.snapshot);
    if (film !== null || isOver)
      this.place.arrive(view.snapshot.trace, isOver || this.cards.settled);
    for (const way of this.ways) way.update(view);
    this.focus.arrive(view.snapshot, this.stage);
  }

  private show(view: View, film: FilmSight): void {
    this.transport.update(view, film, isRunning(view.snapshot));
    this.bar.update(view, film, this.transport.measure);
    this.output.update(view, film);
    this.candidates.update(view, film);
    this.cards.update(view, film);
  }

  /** The bar stays in sight right under the page's header, however many lines that has. */
  private standUnder(header: Element | null): void {
    if (header === null) return;
    new ResizeObserver(() =>
      this.root.style.setProperty('--film-top', `${header.getBoundingClientRect().height}px`),
    ).observe(header);
  }

  private again(): void {
    if (this.view !== null) this.update(this.view);
  }

  private get film(): FilmSight | null {
    return this.view === null ? null : filmSightOf(this.view);
  }

  private key(event: KeyboardEvent): void {
    const move = filmMove(event);
    if (move === null) return;
    event.preventDefault();
    this.move(move);
  }

  private move(move: FilmMove): void {
    const { film } = this;
    if (film === null) return;
    if (move.kind === 'play') this.turnPlaying(film);
    else this.scrub(stepAfter(move, this.heading ?? film.step, film.steps));
  }

  private turnPlaying({ step, steps }: FilmSight): void {
    if (this.player.playing) return this.player.pause();
    if (step === steps - 1) this.go(0);
    this.player.play();
  }

  /** The reader takes the film into their own hands. */
  private scrub(step: number): void {
    this.player.pause();
    this.go(step);
  }

  private go(step: number): void {
    if (this.view === null) return;
    this.heading = step;
    this.commands.navigate(toStep(this.view.snapshot, this.view.navigation, step));
  }

  /** Nobody watches behind another tab, or in a window that is not seen. */
  private advance(): boolean {
    const { film, view } = this;
    if (film === null || view === null) return false;
    if (document.hidden || !this.root.checkVisibility()) return false;
    const last = film.steps - 1;
    if (film.step < last) this.go(film.step + 1);
    return isRunning(view.snapshot) || film.step + 1 < last;
  }

  /** To the newest step, unlocked: from there on the film goes along with the writing. */
  private goLive(): void {
    if (this.view === null) return;
    const { snapshot, navigation } = this.view;
    this.player.pause();
    const { token = null, ...rest } = toStep(snapshot, navigation, stepCount(snapshot) - 1);
    if (token !== null) this.commands.navigate({ ...rest, token: { ...token, locked: false } });
  }
}
