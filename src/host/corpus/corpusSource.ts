/** Which file is to be translated, and what its name and its folder say of its references. */
import * as vscode from 'vscode';
import { t } from '../words';
import { folderOf, namedFile, namesIn, readCorpus } from './corpusFiles';
import type { NamedFile } from './corpusPlan';
import { isTabSeparated, lineSentences, tabbedSentences, type NamedText } from './corpusText';
import { guessedReferences } from './referenceGuess';

/** Files that hold sentences, by their ends. */
const CORPUS_NAME = /\.(tsv|txt)$/i;

/** A file that can be translated. */
export interface CorpusSource {
  readonly file: NamedFile;
  readonly text: NamedText;
  /** Its references stand in it, behind a tab. */
  readonly tabbed: boolean;
  /** Files beside it that may hold its references, the likeliest first. */
  readonly likely: readonly vscode.Uri[];
}

/**
 * What a menu gave, or the text in the editor if its name says that it is one, or else what the
 * person chooses. Undefined: nothing.
 */
export async function corpusUri(given: unknown): Promise<vscode.Uri | undefined> {
  if (given instanceof vscode.Uri) return given;
  const open = vscode.window.activeTextEditor?.document;
  if (open !== undefined && CORPUS_NAME.test(open.fileName)) return open.uri;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: t('Choose the file to translate: one sentence a line, or sentence, tab and reference'),
      filters: { [t('Sentences')]: ['tsv', 'txt'], [t('All files')]: ['*'] },
      ...(folder && { defaultUri: folder }),
    })) ?? [];
  return chosen;
}

/**
 * Looks at a file and beside it.
 * @throws Failure `corpus.*`, `score.noLines` what is wrong with it
 */
export async function lookAtCorpus(uri: vscode.Uri): Promise<CorpusSource> {
  const file = namedFile(uri);
  const folder = folderOf(file);
  const text = await readCorpus(file);
  const tabbed = CORPUS_TABS.test(file.name) || isTabSeparated(text.text);
  // Before anything is asked: what is wrong with the lines is wrong whatever the answers are.
  if (tabbed) tabbedSentences(text);
  else lineSentences(text, null);
  const likely = tabbed ? [] : guessedReferences(file.name, await namesIn(folder));
  return { file, text, tabbed, likely: likely.map((name) => vscode.Uri.joinPath(folder, name)) };
}

/** Its name promises tabs. */
const CORPUS_TABS = /\.tsv$/i;
