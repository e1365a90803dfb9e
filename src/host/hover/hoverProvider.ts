import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import type { ScaleTheme } from '../../palette/weightScale';
import type { ColourScaleChoice } from '../../protocol/readerState';
import { rangeOf } from '../editor/documentText';
import type { DocumentLinks, TokenInDocument } from '../editor/documentLinks';
import { failureWords, t } from '../words';
import { gatherFacts, type Sources } from './gatherFacts';
import { hoverColours, type HoverColours } from './hoverColours';
import { enabledCommands } from './hoverCommands';
import { writeHover } from './hoverText';
import { unlessCancelled } from './unlessCancelled';

/** Tells about the token under the pointer, from the trace in memory. */
export class TokenHovers implements vscode.HoverProvider {
  private colours: HoverColours | null = null;

  constructor(
    private readonly links: Pick<DocumentLinks, 'at'>,
    private readonly sources: Sources,
    private readonly theme: () => ScaleTheme,
    private readonly colourScale: () => ColourScaleChoice,
  ) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    cancellation: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    if (cancellation.isCancellationRequested) return undefined;
    const found = this.links.at(document.uri.toString(), document.offsetAt(position));
    const span = found?.link.spans[found.token] ?? null;
    if (found === null || span === null) return undefined;
    const range = rangeOf(document, span);
    const text = await unlessCancelled(this.textFor(found).catch(failureText), cancellation);
    return text && new vscode.Hover(text, range);
  }

  private async textFor({
    inspection,
    link,
    token,
  }: TokenInDocument): Promise<vscode.MarkdownString | undefined> {
    const asked = gatherFacts(
      this.sources,
      inspection,
      { side: 'source', index: token },
      { stale: link.stale, colourScale: this.colourScale() },
    );
    // Laid out while the engine thinks about its answers.
    const colours = this.coloursNow();
    const facts = await asked;
    if (facts === null) return undefined;
    const markdown = new vscode.MarkdownString();
    markdown.isTrusted = { enabledCommands };
    markdown.supportHtml = false;
    writeHover(markdown, facts, colours, t);
    return markdown;
  }

  private coloursNow(): HoverColours {
    const theme = this.theme();
    if (this.colours?.theme !== theme) this.colours = hoverColours(theme);
    return this.colours;
  }
}

/** What nobody foresaw is told in the hover's place, not thrown into VS Code. */
const failureText = (thrown: unknown): vscode.MarkdownString =>
  new vscode.MarkdownString().appendText(failureWords(Failure.from(thrown).toWire()));
