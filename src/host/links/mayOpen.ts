/** What is asked of an address, as `vscode.Uri` has it. */
export interface Address {
  readonly scheme: string;
  readonly authority: string;
  readonly fsPath: string;
}

/** Windows takes this, however it is spelled, for a path to another machine. */
const TO_ANOTHER_MACHINE = /^[\\/]{2}/;

/**
 * Whether a document may be opened because a link names it. Links come from anywhere: only files of
 * this machine, and what lies in folders that the person opened. Reaching for others would tell
 * their owners who follows the link, and Windows would even log in there.
 */
export const mayOpen = ({ scheme, authority, fsPath }: Address, inWorkspace: boolean): boolean =>
  inWorkspace || (scheme === 'file' && authority === '' && !TO_ANOTHER_MACHINE.test(fsPath));
