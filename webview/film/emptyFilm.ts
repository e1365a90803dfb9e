/** What stands in place of a film: that the model only read, or that nothing is written yet. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { isRunning } from '../../src/navigation/traceState';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { Writing } from '../../src/protocol/writing';
import type { Commands } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { firstWriting } from './forking';

/** Why there is no film. Pure. */
export function whyNoFilm(snapshot: TraceSnapshot, t: Translate): string {
  const { plan, outcome, failure } = snapshot;
  if (isRunning(snapshot))
    return plan?.writing === null
      ? t('The text is being read.')
      : snapshot.search === null
        ? t('The text is being read; the first token of the output has not been written yet.')
        : t('The search goes on; the film begins with what it comes to.');
  if (failure !== null) return describeFailure(failure, t);
  if (outcome === 'cancelled') return t('The run was cancelled before anything was written.');
  return t('The model has read this text and written nothing after it: there is no film yet.');
}

export class EmptyFilm {
  readonly root: HTMLElement;
  private readonly why = element('p');
  private readonly write: HTMLButtonElement;
  private writing: Writing = firstWriting;

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    this.write = element(
      'button',
      {
        class: 'action film-write',
        attributes: { type: 'button' },
        on: { click: () => commands.write(this.writing) },
      },
      t('Let it write'),
    );
    this.root = element('div', { class: 'film-empty' }, this.why, this.write);
  }

  update(snapshot: TraceSnapshot): void {
    setText(this.why, whyNoFilm(snapshot, this.t));
    // What was stopped before its first token is tried again as it was asked for.
    const asked = snapshot.plan?.writing ?? null;
    this.writing = asked?.further === true ? asked : firstWriting;
    show(this.write, !isRunning(snapshot));
  }
}
