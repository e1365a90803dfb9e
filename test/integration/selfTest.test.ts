import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/host/testApi';
import { headlight, looseTensors, startOver } from './headlight';

/** Activation must not be felt; building a few objects takes a fraction of this. */
const ACTIVATION_LIMIT_MS = 50;

describe('the extension', () => {
  let api: TestApi;
  before(async () => (api = await headlight()));
  afterEach(() => startOver(api));

  it('costs next to nothing until it is used', () => {
    console.log(`    figure: activation: ${api.activationMs.toFixed(1)} ms`);
    assert.ok(api.activationMs < ACTIVATION_LIMIT_MS, `${api.activationMs} ms`);
  });

  it('passes its self-test here and shows the report', async () => {
    await vscode.commands.executeCommand('headlight.selfTest');
    const editor = vscode.window.activeTextEditor;
    const report = editor?.document.getText() ?? '';
    console.log(report.split('\n').slice(0, 28).join('\n'));
    assert.equal(editor?.document.uri.scheme, 'headlight');
    assert.match(report, /\*\*Passed/);
    assert.match(report, /\| Tensors leaked \| 0 \|/);
    assert.match(report, /\| Kernels \| Headlight’s own \|/);
    assert.equal(await looseTensors(api), 0);
  });

  it('shows the model card', async () => {
    const isCard = ({ label }: vscode.Tab): boolean => label.includes('README.md');
    const opened = new Promise<void>((resolve) => {
      const listening = vscode.window.tabGroups.onDidChangeTabs(({ opened: tabs }) => {
        if (!tabs.some(isCard)) return;
        listening.dispose();
        resolve();
      });
    });
    await vscode.commands.executeCommand('headlight.openModelCard');
    await opened;
  });

  it('registers every command of its manifest', async () => {
    const manifest = vscode.extensions.getExtension('headlight.headlight')?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const { command } of manifest.contributes.commands)
      assert.ok(registered.has(command), command);
  });
});
