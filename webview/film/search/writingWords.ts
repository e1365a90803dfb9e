/** How an output is written, in words. Pure. */
import type { Translate } from '../../../src/language/translate';
import { visibleText } from '../../../src/navigation/labels';
import type { Search, Writing } from '../../../src/protocol/writing';
import { shorten } from '../../drawing/axisLabels';

/** Longer texts are named by their beginning. */
const LONGEST_TEXT = 24;

const quoted = (text: string): string => `“${shorten(visibleText(text), LONGEST_TEXT)}”`;

/** The shortest that tells two outputs apart: `greedy`, `beam 4`, `sample, seed 7`, `given`. */
export function writingName(t: Translate, { search, further }: Writing): string {
  if (!further) return t('given');
  switch (search.kind) {
    case 'greedy':
      return t('greedy');
    case 'beam':
      return t('beam {beams}', { beams: search.beams });
    case 'sample':
      return t('sample, seed {seed}', { seed: search.seed });
  }
}

/** Everything that is not as usual: `sampling, temperature 0.8, top-p 0.9, seed 7`. */
export function writingWords(t: Translate, writing: Writing): string {
  const { search, repetitionPenalty, forbidden, begin, further, maxNewTokens } = writing;
  if (!further)
    return begin.text === null
      ? t('given: {count} tokens', { count: begin.ids.length })
      : t('given: {text}', { text: quoted(begin.text) });
  return [
    ...searchWords(t, search),
    ...(repetitionPenalty === null
      ? []
      : [t('repetition penalty {penalty}', { penalty: repetitionPenalty })]),
    ...(forbidden.length === 0
      ? []
      : [t('never {texts}', { texts: forbidden.map(quoted).join(' ') })]),
    ...(begin.ids.length === 0
      ? []
      : [t('from {count} given tokens', { count: begin.ids.length })]),
    ...(begin.text === null ? [] : [t('begins with {text}', { text: quoted(begin.text) })]),
    ...(maxNewTokens === null ? [] : [t('at most {count} tokens', { count: maxNewTokens })]),
  ].join(t(', '));
}

function searchWords(t: Translate, search: Search): readonly string[] {
  switch (search.kind) {
    case 'greedy':
      return [t('greedy')];
    case 'beam':
      return [
        t('beam search, {beams} beams', { beams: search.beams }),
        t('length penalty {penalty}', { penalty: search.lengthPenalty }),
        ...(search.earlyStopping === false ? [] : [stoppingWords(t, search.earlyStopping)]),
      ];
    case 'sample':
      return [
        t('sampling'),
        t('temperature {temperature}', { temperature: search.temperature }),
        ...(search.topK === null ? [] : [t('top-k {count}', { count: search.topK })]),
        ...(search.topP === null ? [] : [t('top-p {share}', { share: search.topP })]),
        t('seed {seed}', { seed: search.seed }),
      ];
  }
}

const stoppingWords = (t: Translate, stopping: true | 'never'): string =>
  stopping === true ? t('early stopping') : t('stops when nothing can become better');
