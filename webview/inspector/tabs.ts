/** The tab bar over the three views: arrow keys move, one panel at a time is shown. */
import type { Translate } from '../../src/language/translate';
import type { Navigation } from '../../src/protocol/panelMessages';
import { element, setAttribute, show } from './element';
import type { Commands, Part } from './view';

export type ViewName = Navigation['view'];

const VIEWS: readonly ViewName[] = ['matrix', 'row', 'positions'];

export function createTabs(
  t: Translate,
  commands: Commands,
  panels: Readonly<Record<ViewName, Part>>,
): Part {
  const names: Record<ViewName, string> = {
    matrix: t('Matrix'),
    row: t('Row'),
    positions: t('Positions'),
  };
  const tabs = VIEWS.map((view) =>
    element(
      'button',
      {
        class: 'tab',
        attributes: {
          type: 'button',
          role: 'tab',
          id: `tab-${view}`,
          'aria-controls': `panel-${view}`,
        },
        on: { click: () => commands.navigate({ view }) },
      },
      names[view],
    ),
  );
  const bar = element(
    'div',
    {
      class: 'tabs',
      attributes: { role: 'tablist', 'aria-label': t('Views') },
      on: {
        keydown: (event) => {
          const at = tabs.findIndex((tab) => tab === document.activeElement);
          const to: Record<string, number> = {
            ArrowRight: (at + 1) % VIEWS.length,
            ArrowLeft: (at + VIEWS.length - 1) % VIEWS.length,
            Home: 0,
            End: VIEWS.length - 1,
          };
          const next = to[event.key];
          const view = next === undefined ? undefined : VIEWS[next];
          if (at < 0 || next === undefined || view === undefined) return;
          event.preventDefault();
          tabs[next]?.focus();
          commands.navigate({ view });
        },
      },
    },
    ...tabs,
  );
  const bodies = VIEWS.map((view) =>
    element(
      'div',
      {
        class: 'tab-panel',
        attributes: { role: 'tabpanel', id: `panel-${view}`, 'aria-labelledby': `tab-${view}` },
      },
      panels[view].root,
    ),
  );
  const root = element(
    'section',
    { class: 'views', attributes: { 'aria-label': t('Views') } },
    bar,
    ...bodies,
  );
  return {
    root,
    update(view) {
      show(root, view.snapshot.plan !== null);
      VIEWS.forEach((name, i) => {
        const active = view.navigation.view === name;
        const [tab, body] = [tabs[i], bodies[i]];
        if (tab === undefined || body === undefined) return;
        setAttribute(tab, 'aria-selected', String(active));
        setAttribute(tab, 'tabindex', active ? 0 : -1);
        show(body, active);
        // Hidden panels are brought up to date when they are opened.
        if (active) panels[name].update(view);
      });
    },
  };
}
