/** The tab bar over the views: arrow keys move, one panel at a time is shown. */
import type { Translate } from '../../src/language/translate';
import { offersPrediction } from '../prediction/offersPrediction';
import { canWrite } from '../../src/navigation/canWrite';
import { shortName } from '../../src/navigation/names';
import { element, setAttribute, setText, show } from '../parts/element';
import type { Commands, Part, View } from './view';
import { viewNames, type ViewName } from './viewNames';
import { hasFocusWithin } from '../parts/focusWithin';

/** What the model looks at, then why. */
const GROUPS: readonly (readonly ViewName[])[] = [
  ['matrix', 'row', 'film', 'positions', 'prediction', 'compare'],
  ['steps', 'heads', 'whatIf', 'map', 'tour', 'learn'],
];
const VIEWS = GROUPS.flat();
/** Drawn with the page; the others are loaded when they are opened. */
const IMMEDIATE: ReadonlySet<ViewName> = new Set(['matrix', 'row']);

/** With less of a view than this in sight, opening it brings it up. */
const LEAST_IN_SIGHT_PX = 240;

/** Whether there is something to see there. */
function isOffered(name: ViewName, { snapshot, reader }: View): boolean {
  if (name === 'prediction') return snapshot.plan !== null && offersPrediction(snapshot.plan.model);
  if (name === 'film') return snapshot.plan !== null && canWrite(snapshot.plan.model);
  return name !== 'compare' || reader.pinned !== null;
}

export function createTabs(
  t: Translate,
  commands: Commands,
  panels: Readonly<Record<ViewName, Part>>,
): Part {
  const names = viewNames(t);
  const open = (view: ViewName): void => {
    commands.navigate({ view });
    // After the frame that draws it: before, there may be nothing to scroll to.
    requestAnimationFrame(() => {
      const { bottom } = root.firstElementChild!.getBoundingClientRect();
      if (window.innerHeight - bottom < LEAST_IN_SIGHT_PX) root.scrollIntoView({ block: 'start' });
    });
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
        on: { click: () => open(view) },
      },
      names[view],
    ),
  );
  const groups = GROUPS.map((group) =>
    element(
      'div',
      { class: 'tab-group', attributes: { role: 'presentation' } },
      ...group.map((view) => tabs[VIEWS.indexOf(view)]!),
    ),
  );
  const bar = element(
    'div',
    {
      class: 'tabs',
      attributes: { role: 'tablist', 'aria-label': t('Views') },
      on: {
        keydown: (event) => {
          const shown = tabs.filter((tab) => !tab.hidden);
          const at = shown.findIndex((tab) => tab === document.activeElement);
          const to: Record<string, number> = {
            ArrowRight: (at + 1) % shown.length,
            ArrowLeft: (at + shown.length - 1) % shown.length,
            Home: 0,
            End: shown.length - 1,
          };
          const next = shown[to[event.key] ?? -1];
          const view = next === undefined ? undefined : VIEWS[tabs.indexOf(next)];
          if (at < 0 || next === undefined || view === undefined) return;
          event.preventDefault();
          next.focus({ preventScroll: true });
          open(view);
        },
      },
    },
    ...groups,
  );
  const hint = element('span', { class: 'tab-hint' });
  const bodies = VIEWS.map((view) =>
    element(
      'div',
      {
        class: IMMEDIATE.has(view) ? 'tab-panel' : 'tab-panel later',
        attributes: { role: 'tabpanel', id: `panel-${view}`, 'aria-labelledby': `tab-${view}` },
      },
      panels[view].root,
    ),
  );
  const root = element(
    'section',
    { class: 'views', attributes: { 'aria-label': t('Views') } },
    element('div', { class: 'tab-bar' }, bar, hint),
    ...bodies,
  );
  return {
    root,
    update(view) {
      show(root, view.snapshot.plan !== null);
      const { pinned } = view.reader;
      // There is nothing to compare with until something is pinned.
      const hinted = pinned !== null && view.navigation.view !== 'compare';
      const name = hinted ? shortName(pinned.navigation, t) : '';
      const from = hinted ? pinned.snapshot.origin : '';
      setText(hint, hinted ? t('{name} of {origin} is pinned', { name, origin: from }) : '');
      const shown = VIEWS.indexOf(view.navigation.view);
      const hides = bodies.some((body, i) => i !== shown && hasFocusWithin(body));
      VIEWS.forEach((name, i) => {
        const active = view.navigation.view === name;
        const [tab, body] = [tabs[i], bodies[i]];
        if (tab === undefined || body === undefined) return;
        show(tab, active || isOffered(name, view));
        setAttribute(tab, 'aria-selected', String(active));
        setAttribute(tab, 'tabindex', active ? 0 : -1);
        show(body, active);
        // Hidden panels are brought up to date when they are opened.
        if (active) panels[name].update(view);
      });
      // Hidden with what has the focus, the page would lose it.
      if (hides) tabs[shown]?.focus({ preventScroll: true });
    },
  };
}
