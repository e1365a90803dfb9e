import os from 'node:os';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../disposables';
import type { EngineClient } from '../engine/engineClient';
import type { ModelSource } from '../models/modelSource';
import { t } from '../words';
import { selfTestText } from './selfTestReport';

/** Of the read-only document that shows the report: unlike an untitled one, it never asks to be saved. */
const SCHEME = 'headlight';

/** Checks the built-in model against its stored outputs in this very VS Code, and shows the report. */
export class SelfTest implements Disposable, vscode.TextDocumentContentProvider {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.changed.event;
  private report = '';

  constructor(
    private readonly engine: EngineClient,
    private readonly model: ModelSource,
    private readonly version: string,
  ) {
    this.store.add(vscode.workspace.registerTextDocumentContentProvider(SCHEME, this));
  }

  provideTextDocumentContent(): string {
    return this.report;
  }

  /** Resolves with the report once it is on screen. */
  async run(): Promise<string> {
    const report = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: t('Headlight: Self-Test is running'),
      },
      () => this.engine.selfTest(this.model.folder),
    );
    const place = {
      extension: this.version,
      vscode: vscode.version,
      application: vscode.env.appName,
      remote: vscode.env.remoteName ?? null,
      system: `${os.type()} ${os.release()} ${os.arch()}`,
      engine: this.engine.kind ?? 'thread',
    } as const;
    this.report = selfTestText(report, place, t);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `${t('Headlight Self-Test')}.md` });
    this.changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    void this.offerCopy(report.passed);
    return this.report;
  }

  dispose(): void {
    this.store.dispose();
  }

  private async offerCopy(passed: boolean): Promise<void> {
    const copy = t('Copy Report');
    const said = passed
      ? vscode.window.showInformationMessage(t('Headlight: the self-test passed.'), copy)
      : vscode.window.showErrorMessage(t('Headlight: the self-test failed.'), copy);
    if ((await said) === copy) await vscode.env.clipboard.writeText(this.report);
  }
}
