/** Made states for the cards of the film: a translation that was searched for, and its branches. */
import type { Branch } from '../../src/protocol/branch';
import type { Answer } from '../../src/protocol/queries';
import type { WrittenToken } from '../../src/protocol/trace';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { emptySnapshot } from '../../src/protocol/traceMirror';
import { plainWriting, type Writing } from '../../src/protocol/writing';
import { madeSearch } from '../support/madeSearch';
import { specialToken, tokenOf } from '../support/traceParts';
import { planOf, wordTokens } from './fixture';

const TEXT = "The animal didn't cross the street because it was too tired.";
const WORDS =
  "l' animal n' a pas traversé la rue parce qu' il était trop fatigué épuisé elle le".split(' ');

export const beamWriting: Writing = {
  ...plainWriting,
  search: { kind: 'beam', beams: 4, lengthPenalty: 1, earlyStopping: false },
};
export const sampleWriting: Writing = {
  ...plainWriting,
  search: { kind: 'sample', temperature: 0.8, topK: null, topP: 0.9, seed: 7 },
  forbidden: ['épuisé'],
};

export const settings: Answer<'generationSettings'> = {
  options: [
    { file: 'generation_config.json', option: 'num_beams', value: '4', obeyed: true },
    { file: 'generation_config.json', option: 'min_length', value: '56', obeyed: false },
    { file: 'config.json', option: 'bad_words_ids', value: '[[0]]', obeyed: true },
  ],
  writing: {
    ...beamWriting,
    search: { kind: 'beam', beams: 4, lengthPenalty: 1.2, earlyStopping: false },
  },
};

const writtenOf = (ids: readonly number[]): WrittenToken[] =>
  ids.map((id) => ({
    token: id === 1 ? specialToken('</s>', 1) : tokenOf(WORDS[id - 2]!, { id }),
    probability: 0.8,
    rank: 0,
    candidates: [],
    searched: null,
    given: false,
    milliseconds: 10,
  }));

/** A search of so many steps that has come to its end, or has done but `done` of them. */
export function searchedSnapshot(
  { beams, steps }: { beams: number; steps: number },
  done = steps,
): TraceSnapshot {
  const search = madeSearch(WORDS, { beams, steps });
  const over = done === steps;
  const best = search.hypotheses[0]!;
  const plan = planOf(TEXT, wordTokens(TEXT, []), 3, 8, []);
  const [kind] = [{ ...beamWriting.search, beams }];
  return {
    ...emptySnapshot('searched', 'animal.txt, line 1'),
    plan: { ...plan, writing: { ...beamWriting, search: kind as Writing['search'] } },
    search: {
      steps: search.steps.slice(0, done),
      hypotheses: over ? [...search.hypotheses] : [],
    },
    written: over ? writtenOf(best.ids) : [],
    output: over ? best.text : '',
    outcome: over ? 'complete' : null,
  };
}

const tokens = (text: string): Branch['tokens'] => [
  ...text.split(' ').map((label, i) => ({ id: 10 + i, label })),
  { id: 1, label: '</s>' },
];

const branch = (rest: Partial<Branch> & Pick<Branch, 'id' | 'output'>): Branch => ({
  parent: null,
  shared: 0,
  writing: plainWriting,
  tokens: tokens(rest.output),
  logProbability: -4.213,
  outcome: 'complete',
  shown: false,
  pinned: false,
  ...rest,
});

const GREEDY = "L'animal n'a pas traversé la rue parce qu'il était trop fatigué.";

export const branches: Branch[] = [
  branch({ id: 1, output: GREEDY, pinned: true }),
  branch({
    id: 2,
    parent: 1,
    shared: 7,
    output: "L'animal n'a pas traversé la route car il était épuisé.",
    logProbability: -7.91,
    writing: { ...plainWriting, begin: { ids: [10, 11, 12, 13, 14, 15, 77], text: null } },
  }),
  branch({
    id: 3,
    parent: 2,
    shared: 8,
    output: "L'animal n'a pas traversé la route puisqu'il était fatigué.",
    logProbability: -9.02,
    writing: sampleWriting,
    shown: true,
  }),
  branch({
    id: 4,
    parent: 1,
    output: "La bête n'a pas franchi la rue.",
    logProbability: -12.4,
    writing: { ...plainWriting, begin: { ids: [], text: 'La bête' }, further: false },
    outcome: 'cancelled',
  }),
];
// The tokens are the words here, but for those that an apostrophe begins.
for (const one of branches)
  one.tokens = [
    ...[...one.output.matchAll(/[^\s']+'?/gu)].map(([label], i) => ({ id: 10 + i, label })),
    { id: 1, label: '</s>' },
  ];
