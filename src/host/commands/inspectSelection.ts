import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import { selectedText } from '../editor/selection';
import type { Inspections } from '../inspection/inspections';
import type { ChosenLanguage } from '../models/chosenLanguage';
import type { ModelSource } from '../models/modelSource';
import type { InspectorPanel } from '../views/inspectorPanel';

/**
 * The main job: the selected text, a pair of them, or the sentence around the cursor, into the panel
 * beside the editor.
 */
export function inspectSelection(
  inspections: Inspections,
  panel: InspectorPanel,
  model: ModelSource,
  language: ChosenLanguage,
): void {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) throw new Failure('text.empty');
  const selected = selectedText(editor);
  if (selected === null) throw new Failure('text.empty');
  const subject = { ...selected, model, language: language.for(model), writing: null };
  panel.show({ preserveFocus: true });
  inspections.inspect(subject);
}
