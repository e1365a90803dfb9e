/** Words above the content: what the plan warns of, and what the host has to say. */
import { describeFailure, type Translate } from '../../src/language/translate';
import type { ToPanel } from '../../src/protocol/panelMessages';
import { element, show } from './element';
import type { Part } from './view';

export type Notice = Extract<ToPanel, { type: 'notice' }>['notice'];

export function noticeElement(notice: Notice, t: Translate): HTMLElement | null {
  if (notice === null) return null;
  return element('p', { class: `notice ${notice.severity}` }, describeFailure(notice.failure, t));
}

export class Notices implements Part {
  readonly root: HTMLElement;
  private readonly fromPlan = element('div');
  private readonly fromHost = element('div', { attributes: { role: 'status' } });
  private drawn: unknown = null;

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

  tell(notice: Notice): void {
    const words = noticeElement(notice, this.t);
    this.fromHost.replaceChildren(...(words === null ? [] : [words]));
  }
}
