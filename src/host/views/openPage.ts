import * as vscode from 'vscode';
import { t } from '../words';
import { pageHtml } from './pageHtml';
import type { Greeting } from './panelRelay';

/** Files beside the panel's script that it needs at once; the build says which. */
declare const INSPECTOR_PARTS: readonly string[];

/** What a page needs before it can draw a word. */
export const greeting = (): Greeting => ({
  bundle: vscode.l10n.bundle ?? {},
  locale: vscode.env.language,
});

/** Shows one of our pages in a webview. The last thing its owner does: from here on the page may speak. */
export function openPage(
  webview: vscode.Webview,
  dist: vscode.Uri,
  page: 'inspector' | 'token',
): void {
  const folder = vscode.Uri.joinPath(dist, 'webview');
  const address = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  webview.html = pageHtml({
    script: address(`${page}.js`),
    parts: page === 'inspector' ? INSPECTOR_PARTS.map(address) : [],
    style: address(`${page}.css`),
    source: webview.cspSource,
    language: vscode.env.language,
    title: t('Headlight'),
  });
}
