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
  failed: (thrown: unknown) => void,
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
const WARNINGS = /^(text|trace|link|reveal)\./;

/** Tells a person what went wrong. */
export function showFailure(failure: WireFailure): void {
  const words = withoutLinks(failureWords(failure));
  if (WARNINGS.test(failure.code)) void vscode.window.showWarningMessage(words);
  else void vscode.window.showErrorMessage(words);
}
