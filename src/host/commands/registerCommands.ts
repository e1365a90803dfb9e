import * as vscode from 'vscode';
import type { WireFailure } from '../../failure/failure';
import { DisposableStore, type Disposable } from '../disposables';
import { withoutLinks } from '../links/withoutLinks';
import { failureWords } from '../words';

/** What each command does. Menus and links give it arguments, and so may anybody else: they are parsed, never believed. */
export type Commands = Readonly<
  Record<string, (...given: readonly unknown[]) => void | Promise<unknown>>
>;

/** Registers commands whose failures become messages a person can act on. */
export function registerCommands(
  commands: Commands,
  failed: (thrown: unknown) => unknown,
): Disposable {
  const store = new DisposableStore();
  for (const [name, execute] of Object.entries(commands))
    store.add(
      vscode.commands.registerCommand(name, async (...given: readonly unknown[]) => {
        try {
          await execute(...given);
        } catch (thrown) {
          failed(thrown);
        }
      }),
    );
  return store;
}

/** What a person can put right by choosing something else: no error of ours. */
const WARNINGS = /^(text|trace|link|reveal|open|corpus|score|writing)\./;

/** Tells a person what went wrong. Resolves with the action that was chosen, once there is no message. */
export async function showFailure(
  failure: WireFailure,
  actions: readonly string[] = [],
): Promise<string | undefined> {
  const words = withoutLinks(failureWords(failure));
  return WARNINGS.test(failure.code)
    ? vscode.window.showWarningMessage(words, ...actions)
    : vscode.window.showErrorMessage(words, ...actions);
}
