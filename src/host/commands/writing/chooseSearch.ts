import * as vscode from 'vscode';
import type { Search } from '../../../protocol/writing';
import { quoted } from '../../quoted';
import { t } from '../../words';

/** Beams that are offered: what Hugging Face's translators are mostly used with. */
const BEAMS = 4;

/** The likeliest tokens that sampling draws from: the default of Hugging Face's library. */
const TOP_K = 50;

const MOST_SEED = 2 ** 32 - 1;

interface SearchItem extends vscode.QuickPickItem {
  readonly search: Search;
}

/** Asks how the next token is to be chosen. Undefined: the person thought better of it. */
export async function chooseSearch(source: string): Promise<Search | undefined> {
  const items: SearchItem[] = [
    {
      label: `$(arrow-right) ${t('Greedy')}`,
      detail: t('The likeliest token at every step.'),
      search: { kind: 'greedy' },
    },
    {
      label: `$(list-tree) ${t('Beam search')}`,
      detail: t('{count} sequences side by side; the likeliest of them in the end.', {
        count: BEAMS,
      }),
      search: { kind: 'beam', beams: BEAMS, lengthPenalty: 1, earlyStopping: false },
    },
    {
      label: `$(graph-scatter) ${t('Sampling…')}`,
      detail: t('Drawn from the {count} likeliest tokens; the same seed draws the same again.', {
        count: TOP_K,
      }),
      search: { kind: 'sample', temperature: 1, topK: TOP_K, topP: null, seed: 1 },
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Let the Model Write'),
    placeHolder: t('How tokens are chosen after “{text}”', { text: quoted(source) }),
    matchOnDetail: true,
  });
  const search = picked?.search;
  if (search?.kind !== 'sample') return search;
  const seed = await askForSeed(search.seed);
  return seed === undefined ? undefined : { ...search, seed };
}

async function askForSeed(before: number): Promise<number | undefined> {
  const typed = await vscode.window.showInputBox({
    title: t('Let the Model Write'),
    prompt: t('The seed of the draws'),
    value: String(before),
    validateInput: (value) =>
      seedOf(value) === null
        ? t('A whole number from 0 to {most}.', { most: MOST_SEED })
        : undefined,
  });
  return typed === undefined ? undefined : (seedOf(typed) ?? undefined);
}

/** Null: that is no seed. */
function seedOf(typed: string): number | null {
  const seed = Number(typed);
  return /^\s*\d+\s*$/.test(typed) && seed <= MOST_SEED ? seed : null;
}
