/**
 * The form of a way of writing: what stands in its fields, as typed. Fields of the searches that are
 * not chosen keep what they hold. Pure.
 */
import * as v from 'valibot';
import {
  plainWriting,
  writingSchema,
  type Search,
  type Writing,
} from '../../../src/protocol/writing';

/** Fields a person types a number into. */
export const NUMBER_FIELDS = [
  'beams',
  'lengthPenalty',
  'temperature',
  'topK',
  'topP',
  'seed',
  'repetitionPenalty',
  'maxNewTokens',
] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];

/** `begin`: the given tokens. `text`: what the output begins with after them. */
export type SettingName = NumberField | 'kind' | 'earlyStopping' | 'forbidden' | 'begin' | 'text';

export interface SearchForm extends Readonly<Record<NumberField, string>> {
  readonly kind: Search['kind'];
  readonly earlyStopping: boolean | 'never';
  readonly forbidden: readonly string[];
  readonly ids: readonly number[];
  readonly text: string;
}

/**
 * What the fields hold before anybody chose: of a search and of sampling the values of Hugging Face
 * transformers that change nothing, and few beams.
 */
export const emptyForm: SearchForm = {
  kind: 'greedy',
  beams: '4',
  lengthPenalty: '1',
  earlyStopping: false,
  temperature: '1',
  topK: '',
  topP: '',
  seed: '1',
  repetitionPenalty: '',
  forbidden: [],
  ids: [],
  text: '',
  maxNewTokens: '',
};

/** What an empty field stands for differs: no limit, or as the checkpoint asks. */
const typed = (value: number | null): string => (value === null ? '' : String(value));

const fieldsOfSearch = (search: Search): Partial<SearchForm> => {
  switch (search.kind) {
    case 'greedy':
      return { kind: search.kind };
    case 'beam':
      return {
        kind: search.kind,
        beams: String(search.beams),
        lengthPenalty: String(search.lengthPenalty),
        earlyStopping: search.earlyStopping,
      };
    case 'sample':
      return {
        kind: search.kind,
        temperature: String(search.temperature),
        topK: typed(search.topK),
        topP: typed(search.topP),
        seed: String(search.seed),
      };
  }
};

/**
 * The form of a way of writing; `before`: what its other fields held. Of an output that was given
 * whole, the form says how the model would write by itself: nothing is given in it.
 */
export function formOf(writing: Writing, before: SearchForm = emptyForm): SearchForm {
  const { search, repetitionPenalty, forbidden, further, maxNewTokens } = writing;
  const begin = further ? writing.begin : plainWriting.begin;
  return {
    ...before,
    ...fieldsOfSearch(search),
    repetitionPenalty: typed(repetitionPenalty),
    forbidden,
    ids: begin.ids,
    text: begin.text ?? '',
    maxNewTokens: typed(maxNewTokens),
  };
}

const required = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
const optional = (text: string): number | null => (text.trim() === '' ? null : Number(text));

function searchOf(form: SearchForm): unknown {
  const { kind } = form;
  switch (kind) {
    case 'greedy':
      return { kind };
    case 'beam':
      return {
        kind,
        beams: required(form.beams),
        lengthPenalty: required(form.lengthPenalty),
        earlyStopping: form.earlyStopping,
      };
    case 'sample':
      return {
        kind,
        temperature: required(form.temperature),
        topK: optional(form.topK),
        topP: optional(form.topP),
        seed: required(form.seed),
      };
  }
}

export type ReadForm =
  | { readonly writing: Writing; readonly wrong: readonly [] }
  | { readonly writing: null; readonly wrong: readonly NumberField[] };

/** The way of writing that the form asks for, or the fields that hold no such value. */
export function readForm(form: SearchForm): ReadForm {
  const parsed = v.safeParse(writingSchema, {
    search: searchOf(form),
    repetitionPenalty: optional(form.repetitionPenalty),
    forbidden: [...form.forbidden],
    begin: { ids: [...form.ids], text: form.text === '' ? null : form.text },
    further: true,
    maxNewTokens: optional(form.maxNewTokens),
  });
  if (parsed.success) return { writing: parsed.output, wrong: [] };
  const keys = new Set(parsed.issues.map(({ path }) => path?.at(-1)?.key));
  return { writing: null, wrong: NUMBER_FIELDS.filter((name) => keys.has(name)) };
}

const SETTINGS: Readonly<Record<Search['kind'], readonly SettingName[]>> = {
  greedy: [],
  beam: ['beams', 'lengthPenalty', 'earlyStopping'],
  sample: ['temperature', 'topK', 'topP', 'seed'],
};

/** The settings that mean something with this search, in the order of the form. */
export const settingsOf = (kind: Search['kind']): readonly SettingName[] => [
  'kind',
  ...SETTINGS[kind],
  ...(['repetitionPenalty', 'maxNewTokens', 'begin', 'text', 'forbidden'] as const),
];

const valueOf = (form: SearchForm, name: SettingName): unknown => {
  if (name === 'begin') return form.ids;
  const value = form[name];
  // `1` and `1.0` ask for the same.
  const counts = NUMBER_FIELDS.some((field) => field === name);
  return counts && typeof value === 'string' ? optional(value) : value;
};

/** Settings in which two forms ask for something else. */
export const differences = (form: SearchForm, other: SearchForm): readonly SettingName[] =>
  settingsOf(form.kind).filter(
    (name) => JSON.stringify(valueOf(form, name)) !== JSON.stringify(valueOf(other, name)),
  );

/** Texts of a line that lists them: one a line, or between commas; a lone comma is a text itself. */
export function listedTexts(typedText: string): readonly string[] {
  const whole = typedText.trim();
  if (/^[,，、]$/u.test(whole)) return [whole];
  const parts = whole.split(/[\n\r,，]/u).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}
