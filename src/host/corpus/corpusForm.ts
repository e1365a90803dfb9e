import * as vscode from 'vscode';
import { languageName } from '../../navigation/names';
import type { Search } from '../../protocol/writing';
import { TOKENIZATIONS, tokenizationOf, type Tokenization } from '../../scoring/tokenization';
import { t } from '../words';
import { namedFile } from './corpusFiles';
import { beamSearch, type CorpusPlan } from './corpusPlan';
import { formLines, searchLine, tokenizationWords, type FormChoice } from './formLines';

/** What the form cannot answer itself. */
export interface FormServices {
  /** Another model, with all that depends on it; null: the reader thought better of it. */
  model(plan: CorpusPlan): Promise<CorpusPlan | null>;
  /** The source has its references behind tabs, and no others. */
  readonly tabbed: boolean;
  /** Files beside the source that may hold its references, the likeliest first. */
  readonly likely: readonly vscode.Uri[];
}

interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Lets the reader change a plan until it suits. Null: no run after all. */
export async function askPlan(
  offered: CorpusPlan,
  services: FormServices,
): Promise<CorpusPlan | null> {
  let plan = offered;
  for (;;) {
    const choice = await pickLine(plan);
    if (choice === null) return null;
    if (choice === 'start') return plan;
    plan = (await changed(plan, choice, services)) ?? plan;
  }
}

async function changed(
  plan: CorpusPlan,
  choice: Exclude<FormChoice, 'start'>,
  services: FormServices,
): Promise<CorpusPlan | null> {
  switch (choice) {
    case 'references':
      return withReferences(plan, services);
    case 'model':
      return services.model(plan);
    case 'language': {
      const language = await pickLanguage(plan);
      if (language === null) return null;
      return { ...plan, language, tokenization: tokenizationOf(language) };
    }
    case 'search': {
      const search = await pickSearch(plan);
      return search && { ...plan, search };
    }
    case 'tokenization': {
      const tokenization = await pickTokenization(plan);
      return tokenization && { ...plan, tokenization };
    }
  }
}

/** The list itself. */
function pickLine(plan: CorpusPlan): Promise<FormChoice | null> {
  const items = formLines(plan, vscode.env.language, t).map((line): Choice<FormChoice> => {
    const { choice, icon, label, description } = line;
    return { value: choice, label: `$(${icon}) ${label}`, description };
  });
  const title = t('Translate and Score {file}', { file: plan.source.name });
  const placeholder = t('Press Enter to start, or choose what shall be otherwise');
  return pick({ title, placeholder }, items, null);
}

/** The value of the line that is chosen; null: none. @param active comes first, under the cursor */
async function pick<T>(
  { title, placeholder }: { readonly title: string; readonly placeholder?: string },
  items: readonly Choice<T>[],
  active: Choice<T> | null,
): Promise<T | null> {
  const options = { title, ...(placeholder !== undefined && { placeHolder: placeholder }) };
  const sorted = active === null ? items : [active, ...items.filter((one) => one !== active)];
  return (await vscode.window.showQuickPick(sorted, options))?.value ?? null;
}

async function withReferences(
  plan: CorpusPlan,
  { tabbed, likely }: FormServices,
): Promise<CorpusPlan | null> {
  type Answer = vscode.Uri | 'beside' | 'file' | 'none';
  const beside = {
    value: 'beside' as const,
    label: `$(list-flat) ${t('behind the tab of each line')}`,
  };
  const files = likely.map((uri) => ({
    value: uri,
    label: `$(file) ${inert(namedFile(uri).name)}`,
  }));
  const file = { value: 'file' as const, label: `$(folder-opened) ${t('Choose a File…')}` };
  const answer = await pick<Answer>(
    { title: t('The references are in …') },
    [
      ...(tabbed ? [beside] : [...files, file]),
      { value: 'none', label: `$(circle-slash) ${t('No References: Translate Only')}` },
    ],
    null,
  );
  if (answer === null) return null;
  if (answer === 'none') return { ...plan, references: null };
  if (answer === 'beside') return { ...plan, references: answer };
  if (answer !== 'file') return { ...plan, references: namedFile(answer) };
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: t('Choose the file that holds the references, one sentence a line'),
      defaultUri: vscode.Uri.joinPath(plan.source.uri, '..'),
    })) ?? [];
  return chosen === undefined ? null : { ...plan, references: namedFile(chosen) };
}

/** A file may be called like an icon. */
const inert = (name: string): string => name.replaceAll('$(', String.raw`\$(`);

function pickLanguage({ summary, language }: CorpusPlan): Promise<string | null> {
  const items = summary.languages.map((tag) => ({
    value: tag,
    label: languageName(tag, vscode.env.language),
    description: tag,
  }));
  const chosen = items.find(({ value }) => value === language);
  return pick({ title: t('Translate into …') }, items, chosen ?? null);
}

function pickSearch(plan: CorpusPlan): Promise<Search | null> {
  const { asked, search } = plan;
  const distinct = new Map(
    [...(asked === null ? [] : [asked]), { kind: 'greedy' } as const, beamSearch(asked)].map(
      (one) => [JSON.stringify(one), one],
    ),
  );
  const items = [...distinct.values()].map((value) => ({
    value,
    label: searchLine({ ...plan, search: value }, t),
  }));
  const chosen = items.find(({ value }) => JSON.stringify(value) === JSON.stringify(search));
  return pick({ title: t('How tokens are chosen') }, items, chosen ?? null);
}

function pickTokenization({ tokenization }: CorpusPlan): Promise<Tokenization | null> {
  const items = TOKENIZATIONS.map((value) => ({ value, label: tokenizationWords(value, t) }));
  const chosen = items.find(({ value }) => value === tokenization);
  return pick({ title: t('What counts as a word for BLEU') }, items, chosen ?? null);
}
