import * as vscode from 'vscode';

/** URIs of what a tab shows: a text, both sides of a diff, a notebook. */
export function urisIn({ input }: vscode.Tab): readonly string[] {
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom)
    return [input.uri.toString()];
  if (input instanceof vscode.TabInputTextDiff)
    return [input.original.toString(), input.modified.toString()];
  if (input instanceof vscode.TabInputNotebook) return [input.uri.toString()];
  if (input instanceof vscode.TabInputNotebookDiff)
    return [input.original.toString(), input.modified.toString()];
  return [];
}

/** URIs of all that some tab shows. */
const shownInTabs = (): ReadonlySet<string> =>
  new Set(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(urisIn)));

/** URIs that closed tabs showed and no other tab shows any more. */
export function leftTabs({ closed }: vscode.TabChangeEvent): readonly string[] {
  if (closed.length === 0) return [];
  const shown = shownInTabs();
  return closed.flatMap(urisIn).filter((uri) => !shown.has(uri));
}

/** URIs that tabs began to show. */
export const enteredTabs = ({ opened }: vscode.TabChangeEvent): readonly string[] =>
  opened.flatMap(urisIn);
