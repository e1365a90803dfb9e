/** Which matrix and how: stack, layer, head, direction, tokens or words, special tokens. */
import type { HeadChoice, LayerChoice, Stack } from '../../src/protocol/address';
import type { Translate } from '../../src/language/translate';
import { element, setAttribute, show } from '../parts/element';
import { stackName } from '../../src/navigation/names';
import { stacksOf } from '../../src/protocol/stacks';
import { headCount, layerCount } from '../../src/navigation/traceState';
import { wordsExplained } from './statement';
import type { Commands, Part } from './view';

const stackOf = (value: string): Stack =>
  stacksOf('encoderDecoder').find((stack) => stack === value) ?? 'encoder';
const layerOf = (value: string): LayerChoice => (value === 'mean' ? 'mean' : Number(value));
const headOf = (value: string): HeadChoice =>
  value === 'mean' || value === 'max' ? value : Number(value);

function select(name: string, changed: (value: string) => void): HTMLSelectElement {
  const made = element('select', {
    attributes: { 'aria-label': name, title: name },
    on: { change: () => changed(made.value) },
  });
  return made;
}

/** Replaces the options only when they differ, so that an open list stays open. */
function fill(
  target: HTMLSelectElement,
  options: readonly (readonly [string, string])[],
  value: string,
): void {
  const key = options.map((option) => option.join('=')).join('|');
  if (target.dataset['options'] !== key) {
    target.dataset['options'] = key;
    target.replaceChildren(
      ...options.map(([option, words]) =>
        element('option', { attributes: { value: option } }, words),
      ),
    );
  }
  if (target.value !== value) target.value = value;
}

const counted = (count: number, letter: string): [string, string][] =>
  Array.from({ length: count }, (_, i) => [String(i), `${letter}${i}`]);

export function createControls(t: Translate, commands: Commands): Part {
  const stack = select(t('Attention of'), (value) => commands.navigate({ stack: stackOf(value) }));
  const layer = select(t('Layer'), (value) => commands.navigate({ layer: layerOf(value) }));
  const head = select(t('Head'), (value) => commands.navigate({ head: headOf(value) }));
  const button = (
    words: string,
    title: string,
    direction: 'looksAt' | 'lookedAt',
  ): HTMLButtonElement =>
    element(
      'button',
      {
        class: `segment ${direction}`,
        attributes: { type: 'button', title },
        on: { click: () => commands.navigate({ direction }) },
      },
      words,
    );
  const looksAt = button(
    t('Looks at'),
    t('Where the chosen token looks: its row of the matrix'),
    'looksAt',
  );
  const lookedAt = button(
    t('Looked at by'),
    t('Which tokens look at the chosen one: its column of the matrix'),
    'lookedAt',
  );
  const words = element('input', {
    attributes: { type: 'checkbox' },
    on: { change: () => commands.navigate({ unit: words.checked ? 'word' : 'token' }) },
  });
  const specials = element('input', {
    attributes: { type: 'checkbox' },
    on: { change: () => commands.navigate({ hideSpecials: !specials.checked }) },
  });
  const direction = element(
    'div',
    { class: 'segments', attributes: { role: 'group', 'aria-label': t('Direction') } },
    looksAt,
    lookedAt,
  );
  const root = element(
    'div',
    { class: 'controls', attributes: { role: 'group', 'aria-label': t('What to show') } },
    stack,
    layer,
    head,
    direction,
    // In a narrow panel they go to the next line together.
    element(
      'div',
      { class: 'checks' },
      element(
        'label',
        {
          class: 'check',
          attributes: { title: `${t('Merge the tokens of a word.')} ${wordsExplained(t)}` },
        },
        words,
        t('Words'),
      ),
      element(
        'label',
        {
          class: 'check',
          attributes: {
            title: t('Show special tokens; without them weights are renormalised over the others'),
          },
        },
        specials,
        t('Specials'),
      ),
    ),
  );
  return {
    root,
    update({ snapshot, navigation }) {
      const { plan } = snapshot;
      show(root, plan !== null);
      if (plan === null) return;
      const known = stacksOf(plan.model.architecture);
      // A list of one is no choice; the letter of the view's name says which stack it is.
      show(stack, known.length > 1);
      fill(
        stack,
        known.map((name) => [name, stackName(name, t)]),
        navigation.stack,
      );
      fill(
        layer,
        [...counted(layerCount(plan, navigation.stack), 'L'), ['mean', t('Mean over layers')]],
        String(navigation.layer),
      );
      const heads =
        navigation.layer === 'mean' ? [] : counted(headCount(plan, navigation.stack), 'H');
      fill(head, [...heads, ['mean', t('Mean')], ['max', t('Max')]], String(navigation.head));
      setAttribute(looksAt, 'aria-pressed', String(navigation.direction === 'looksAt'));
      setAttribute(lookedAt, 'aria-pressed', String(navigation.direction === 'lookedAt'));
      words.checked = navigation.unit === 'word';
      specials.checked = !navigation.hideSpecials;
    },
  };
}
