/** The fields of a way of writing: those of the chosen search, then those of all. */
import type { Translate } from '../../../src/language/translate';
import { MAX_TEXT_CHARACTERS } from '../../../src/protocol/limits';
import type { Search } from '../../../src/protocol/writing';
import { element, setAttribute, setText, show } from '../../parts/element';
import { hasFocusWithin } from '../../parts/focusWithin';
import {
  differences,
  emptyForm,
  NUMBER_FIELDS,
  settingsOf,
  type NumberField,
  type SearchForm,
  type SettingName,
} from './searchForm';
import { SettingField, SettingFrame } from './settingField';
import { kindMeaning, kindName, settingWords } from './settingWords';
import { removableTag, TagList } from './tagList';

const KINDS = ['greedy', 'beam', 'sample'] as const;
const STOPPINGS = ['true', 'false', 'never'] as const;
/** Seeds are 32-bit numbers: the one after the last is the first again. */
const SEEDS = 2 ** 32;

export interface SettingsEvents {
  /** Another form stands there now. */
  changed(form: SearchForm): void;
  write(): void;
}

export class SettingsForm {
  readonly root: HTMLFormElement;
  private readonly kinds: readonly HTMLButtonElement[];
  private readonly numbers: Readonly<Record<NumberField, SettingField>>;
  private readonly text: SettingField;
  private readonly stopping: HTMLSelectElement;
  private readonly tags: TagList;
  private readonly given = element('span', {});
  private readonly frames: Readonly<Record<Exclude<SettingName, 'kind'>, SettingFrame>>;
  private readonly meaning = element('p', { class: 'hint writing-meaning' });
  private form: SearchForm = emptyForm;
  private givenWords: string | null = null;

  constructor(
    private readonly t: Translate,
    private readonly events: SettingsEvents,
    actions: HTMLElement,
  ) {
    const words = settingWords(t);
    const number = (name: NumberField, placeholder = '', after?: HTMLElement | string) =>
      new SettingField(
        t,
        words[name],
        { id: `writing-${name}`, kind: 'number', placeholder, ...(after && { after }) },
        (text) => this.change({ [name]: text }),
      );
    const nextSeed = element(
      'button',
      {
        class: 'small',
        attributes: { type: 'button', title: t('The seed after this one') },
        on: { click: () => this.nextSeed() },
      },
      t('Another seed'),
    );
    this.numbers = {
      beams: number('beams'),
      lengthPenalty: number('lengthPenalty'),
      temperature: number('temperature'),
      topK: number('topK', t('all')),
      topP: number('topP', t('all')),
      seed: number('seed', '', nextSeed),
      repetitionPenalty: number('repetitionPenalty', t('checkpoint’s')),
      maxNewTokens: number('maxNewTokens', '', t('tokens')),
    };
    this.text = new SettingField(
      t,
      words.text,
      { id: 'writing-text', kind: 'text', longest: MAX_TEXT_CHARACTERS },
      (text) => this.change({ text }),
    );
    this.stopping = this.stoppingList();
    this.tags = new TagList(t, (forbidden) => this.change({ forbidden }));
    const frame = (name: SettingName, control: HTMLElement, around = control): SettingFrame =>
      new SettingFrame(t, words[name], control, `writing-${name}`, { around });
    this.frames = {
      ...(Object.fromEntries(
        NUMBER_FIELDS.map((name) => [name, this.numbers[name].frame]),
      ) as Record<NumberField, SettingFrame>),
      earlyStopping: frame('earlyStopping', this.stopping),
      begin: frame('begin', this.given),
      text: this.text.frame,
      forbidden: frame('forbidden', this.tags.field, this.tags.root),
    };
    for (const name of ['earlyStopping', 'begin', 'text', 'forbidden'] as const)
      this.frames[name].root.classList.add('wide');
    this.kinds = KINDS.map((kind) => this.kindButton(kind));
    this.root = element(
      'form',
      {
        class: 'writing-form',
        attributes: { novalidate: true, 'aria-label': t('How the model writes') },
        on: {
          submit: (event) => {
            event.preventDefault();
            events.write();
          },
          focusin: () => this.explain(),
          focusout: () => this.explain(),
        },
      },
      element(
        'div',
        { class: 'segments', attributes: { role: 'group', 'aria-label': words.kind.name } },
        ...this.kinds,
      ),
      element(
        'div',
        { class: 'writing-settings' },
        ...[...settingsOf('beam'), ...settingsOf('sample')]
          .filter((name, i, all) => name !== 'kind' && all.lastIndexOf(name) === i)
          .map((name) => this.frames[name as Exclude<SettingName, 'kind'>].root),
      ),
      this.meaning,
      actions,
    );
  }

  /**
   * @param shown the form of the output on screen; null: nothing was written
   * @param given what the given tokens say, if there are any
   * @param mostTokens where the output on screen is cut off; null: there is none
   */
  update(
    form: SearchForm,
    shown: SearchForm | null,
    wrong: readonly NumberField[],
    given: string | null,
    mostTokens: number | null,
  ): void {
    this.form = form;
    for (const [i, kind] of KINDS.entries())
      setAttribute(this.kinds[i]!, 'aria-pressed', String(kind === form.kind));
    for (const name of NUMBER_FIELDS) this.numbers[name].set(form[name]);
    this.numbers.maxNewTokens.setPlaceholder(mostTokens === null ? '' : String(mostTokens));
    this.text.set(form.text);
    this.tags.set(form.forbidden);
    const stopping = String(form.earlyStopping);
    if (this.stopping.value !== stopping) this.stopping.value = stopping;
    this.nameGiven(form.ids.length === 0 ? null : (given ?? ''));
    const there = new Set(settingsOf(form.kind));
    const changed = new Set(shown === null ? [] : differences(form, shown));
    for (const [name, frame] of Object.entries(this.frames) as [SettingName, SettingFrame][]) {
      show(frame.root, there.has(name) && (name !== 'begin' || form.ids.length > 0));
      frame.mark(
        changed.has(name),
        wrong.some((one) => one === name),
      );
    }
    this.explain();
  }

  /** Only the wrong field can be gone to: the first of them. */
  focus(name: NumberField): void {
    this.frames[name].control.focus();
  }

  private change(part: Partial<SearchForm>): void {
    this.form = { ...this.form, ...part };
    this.events.changed(this.form);
  }

  private nextSeed(): void {
    const seed = Number(this.form.seed);
    this.change({ seed: String(Number.isFinite(seed) ? (Math.trunc(seed) + 1) % SEEDS : 0) });
  }

  private kindButton(kind: Search['kind']): HTMLButtonElement {
    return element(
      'button',
      {
        class: 'segment',
        attributes: { type: 'button', title: kindMeaning(this.t, kind) },
        on: { click: () => this.change({ kind }) },
      },
      kindName(this.t, kind),
    );
  }

  private stoppingList(): HTMLSelectElement {
    const { t } = this;
    const words: Readonly<Record<(typeof STOPPINGS)[number], string>> = {
      true: t('with as many finished as beams'),
      false: t('when none under way looks better'),
      never: t('when none can become better'),
    };
    const list = element(
      'select',
      {
        on: {
          change: () => {
            const { value } = list;
            this.change({ earlyStopping: value === 'never' ? value : value === 'true' });
          },
        },
      },
      ...STOPPINGS.map((value) => element('option', { attributes: { value } }, words[value])),
    );
    return list;
  }

  /** `words`: what the given tokens say; null: there are none. */
  private nameGiven(words: string | null): void {
    if (words === this.givenWords) return;
    this.givenWords = words;
    const { t } = this;
    const count = this.form.ids.length;
    this.given.replaceChildren(
      ...(words === null
        ? []
        : [
            removableTag(t, words, t('({count} tokens)', { count }), () => {
              this.change({ ids: [] });
              this.frames.text.control.focus();
            }),
          ]),
    );
  }

  /** One sentence about the field that has the keyboard, else about the search. */
  private explain(): void {
    const frame = Object.values(this.frames).find(({ root }) => hasFocusWithin(root));
    const words = frame?.root.getAttribute('data-meaning') ?? kindMeaning(this.t, this.form.kind);
    setText(this.meaning, words);
  }
}
