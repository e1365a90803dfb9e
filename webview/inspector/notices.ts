/** Words above the content: what the plan warns of, and what the host has to say. */
import { describeFailure, type Translate } from '../../src/language/translate';
import type { ToPanel } from '../../src/protocol/panelMessages';
import { element, show } from '../parts/element';
import type { Part } from './view';

export type Notice = Extract<ToPanel, { type: 'notice' }>['notice'];

/** Long enough to read a short sentence twice. */
const TOAST_MS = 5000;

export function noticeElement(notice: Notice, t: Translate): HTMLElement | null {
  if (notice === null) return null;
  return element('p', { class: `notice ${notice.severity}` }, describeFailure(notice.failure, t));
}

export class Notices implements Part {
  readonly root: HTMLElement;
  private readonly fromPlan = element('div');
  private readonly fromHost = element('div', { attributes: { role: 'status' } });
  private drawn: unknown = null;
  private passing: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly t: Translate) {
    this.root = element('div', { class: 'notices' }, this.fromHost, this.fromPlan);
  }

  update({ snapshot }: Parameters<Part['update']>[0]): void {
    const notices = snapshot.plan?.notices ?? [];
    if (notices === this.drawn) return;
    this.drawn = notices;
    this.fromPlan.replaceChildren(
      ...notices.map((failure) =>
        element('p', { class: 'notice warning' }, describeFailure(failure, this.t)),
      ),
    );
    show(this.fromPlan, notices.length > 0);
  }

  /** Errors stand above the content until they are dismissed; “copied” passes by below it. */
  tell(notice: Notice): void {
    if (this.passing !== null) clearTimeout(this.passing);
    this.passing = null;
    const words = noticeElement(notice, this.t);
    const isInfo = notice?.severity === 'info';
    this.fromHost.replaceChildren(...(words === null ? [] : [words]));
    this.fromHost.classList.toggle('toast', isInfo);
    if (isInfo) this.passing = setTimeout(() => this.tell(null), TOAST_MS);
    else words?.append(this.dismissal());
  }

  private dismissal(): HTMLElement {
    return element(
      'button',
      {
        class: 'dismiss',
        attributes: { type: 'button', 'aria-label': this.t('Dismiss') },
        on: { click: () => this.tell(null) },
      },
      '×',
    );
  }
}
