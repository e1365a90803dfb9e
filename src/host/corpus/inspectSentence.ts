import * as vscode from 'vscode';
import { modelName } from '../../protocol/modelName';
import { plainWriting, type Writing } from '../../protocol/writing';
import { rangeOf } from '../editor/documentText';
import type { Inspections } from '../inspection/inspections';
import type { Subject } from '../inspection/subject';
import type { Models } from '../models/models';
import type { OpenPermission } from '../models/openPermission';
import type { CorpusResult, ScoredSentence } from './corpusResult';

/** What looking into a sentence of a result needs. */
export interface SentenceServices {
  readonly inspections: Pick<Inspections, 'inspect'>;
  readonly models: Pick<Models, 'all' | 'named' | 'inFolder'>;
  readonly permission: Pick<OpenPermission, 'ask'>;
  readonly showPanel: (preserveFocus: boolean) => void;
}

/** What is looked at: how the model came to its output, or what it thinks of the reference. */
export type SentenceSight = 'output' | 'reference';

/** Opens a sentence where it stands in its file, and has it inspected by the model that translated it. */
export async function inspectSentence(
  { inspections, models, permission, showPanel }: SentenceServices,
  result: CorpusResult,
  sentence: ScoredSentence,
  sight: SentenceSight,
): Promise<void> {
  const same = models.all().find(({ folder }) => folder === result.model);
  // The built-in one lies elsewhere after an update of the extension.
  const model = same ?? models.named(modelName(result.model)) ?? models.inFolder(result.model);
  if (!(await permission.ask(model.folder))) return;
  const place = await placeOf(result, sentence);
  showPanel(true);
  inspections.inspect({
    text: sentence.source,
    place,
    pair: null,
    origin: `${result.name}:${sentence.line + 1}`,
    model,
    language: result.language,
    writing: writingFor(result, sentence, sight),
  });
}

/** The reference read as if the model had written it, or the search of the run once more. */
function writingFor(
  { writing }: CorpusResult,
  { reference }: ScoredSentence,
  sight: SentenceSight,
): Writing {
  return sight === 'reference' && reference !== null
    ? { ...plainWriting, begin: { ids: [], text: reference }, further: false }
    : writing;
}

/** The sentence's place, its document on screen. Null: the file is gone, or is no text any more. */
async function placeOf(
  { source }: CorpusResult,
  { line, source: text }: ScoredSentence,
): Promise<Subject['place']> {
  try {
    const uri = vscode.Uri.parse(source, true);
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: columnFor(document),
      preserveFocus: true,
    });
    const start = document.offsetAt(new vscode.Position(line, 0));
    // The cursor stays where it is: it would choose a token.
    editor.revealRange(
      rangeOf(document, [start, start + text.length]),
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
    return { uri: document.uri.toString(), line, character: 0 };
  } catch {
    return null;
  }
}

/** Where the document is, else where texts are: not over the panel. */
function columnFor(document: vscode.TextDocument): vscode.ViewColumn {
  const editors = vscode.window.visibleTextEditors;
  const editor = editors.find((one) => one.document === document) ?? editors[0];
  return editor?.viewColumn ?? vscode.ViewColumn.One;
}
