import * as v from 'valibot';
import * as vscode from 'vscode';

/** As VS Code tells the arrangement of its editors; two columns beside each other are two groups without groups. */
const besideEachOther = v.object({
  orientation: v.literal(0),
  groups: v.tuple([v.object({ size: v.number() }), v.object({ size: v.number() })]),
});

/** Of the height: some lines, and most of the panel. */
const OUTPUT_SHARE = 0.25;

/**
 * Makes room for a third editor below two columns, over their whole width: a third column would leave
 * the panel less than it can be read in. Other arrangements are the reader's own and stay.
 */
export async function makeRoomBelow(): Promise<void> {
  const layout = v.safeParse(
    besideEachOther,
    await vscode.commands.executeCommand('vscode.getEditorLayout'),
  );
  if (!layout.success) return;
  const [left, right] = layout.output.groups;
  const all = left.size + right.size;
  await vscode.commands.executeCommand('vscode.setEditorLayout', {
    orientation: 1,
    groups: [
      { size: 1 - OUTPUT_SHARE, groups: [{ size: left.size / all }, { size: right.size / all }] },
      { size: OUTPUT_SHARE },
    ],
  });
}
