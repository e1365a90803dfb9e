/** Names of the settings, what each does in one sentence and who says so, and what it may be. */
import type { Translate } from '../../../src/language/translate';
import { MOST_BEAMS } from '../../../src/protocol/writing';
import type { Search } from '../../../src/protocol/writing';
import type { SettingName } from './searchForm';

export interface SettingWords {
  readonly name: string;
  readonly meaning: string;
  /** Said where something else stands; empty: it can hold nothing wrong. */
  readonly allowed: string;
}

export function kindName(t: Translate, kind: Search['kind']): string {
  switch (kind) {
    case 'greedy':
      return t('Greedy');
    case 'beam':
      return t('Beam search');
    case 'sample':
      return t('Sampling');
  }
}

export function kindMeaning(t: Translate, kind: Search['kind']): string {
  switch (kind) {
    case 'greedy':
      return t('The likeliest token, again and again.');
    case 'beam':
      return t(
        'Several sequences grow at once; of all their continuations the best stay, and the best that ended is the output.',
      );
    case 'sample':
      return t('Each token is drawn by its probability. The same seed draws the same again.');
  }
}

export function settingWords(t: Translate): Readonly<Record<SettingName, SettingWords>> {
  const positive = t('A number above 0.');
  return {
    kind: { name: t('How the next token is chosen'), meaning: '', allowed: '' },
    beams: {
      name: t('Beams'),
      meaning: t('So many sequences are followed at once. One beam is the same as greedy.'),
      allowed: t('A whole number from 1 to {most}.', { most: MOST_BEAMS }),
    },
    lengthPenalty: {
      name: t('Length penalty'),
      meaning: t(
        'A finished sequence counts the sum of its log-probabilities ÷ length ^ this: above 0 favours long outputs, below 0 short ones (after Wu et al. 2016, in the form of Hugging Face).',
      ),
      allowed: t('A number; 0 leaves the length out.'),
    },
    earlyStopping: {
      name: t('Stops'),
      meaning: t(
        'When the search stops, in the order of patience: with as many finished sequences as beams, when none under way looks better, when none can become better (Hugging Face: early_stopping true, false, "never").',
      ),
      allowed: '',
    },
    temperature: {
      name: t('Temperature'),
      meaning: t(
        'Logits are divided by it before the softmax: below 1 the likely tokens gain, above 1 the unlikely ones.',
      ),
      allowed: positive,
    },
    topK: {
      name: t('Top-k'),
      meaning: t(
        'Only so many of the likeliest tokens can be drawn (Fan et al. 2018). Empty: all of them.',
      ),
      allowed: t('A whole number from 1, or nothing.'),
    },
    topP: {
      name: t('Top-p'),
      meaning: t(
        'Only the fewest likeliest tokens that together have this probability can be drawn (nucleus sampling, Holtzman et al. 2020). Empty: all of them.',
      ),
      allowed: t('A number above 0 and at most 1, or nothing.'),
    },
    seed: {
      name: t('Seed'),
      meaning: t(
        'Where the random numbers begin: the same seed and settings write the same output.',
      ),
      allowed: t('A whole number from 0 to {most}.', { most: 2 ** 32 - 1 }),
    },
    repetitionPenalty: {
      name: t('Repetition penalty'),
      meaning: t(
        'Logits of tokens that are there already are divided by it, or multiplied if below 0: above 1 they become less likely (Keskar et al. 2019). Empty: as the checkpoint asks.',
      ),
      allowed: t('A number above 0, or nothing.'),
    },
    maxNewTokens: {
      name: t('At most'),
      meaning: t('The output is cut off after so many tokens, given ones included.'),
      allowed: t('A whole number from 1, or nothing.'),
    },
    begin: {
      name: t('Given tokens'),
      meaning: t('These tokens are not chosen by the model; it goes on after them.'),
      allowed: '',
    },
    text: {
      name: t('Begins with'),
      meaning: t('The output is made to begin with this text; the model goes on after it.'),
      allowed: '',
    },
    forbidden: {
      name: t('Never writes'),
      meaning: t(
        'Texts that must not come up in the output, besides those the checkpoint forbids: one a line or between commas.',
      ),
      allowed: '',
    },
  };
}
