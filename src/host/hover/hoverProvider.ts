import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import type { ScaleTheme } from '../../palette/weightScale';
import type { ColourScaleChoice } from '../../protocol/readerState';
import { groupOf } from '../../protocol/words';
import { rangeOf } from '../editor/documentText';
import type { DocumentLinks, TokenInDocument } from '../editor/documentLinks';
import { entriesIn, entrySpans } from '../editor/entrySpans';
import { failureWords, t } from '../words';
import { gatherFacts, type Sources } from './gatherFacts';
import { hoverColours, type HoverColours } from './hoverColours';
import { enabledCommands } from './hoverCommands';
import { writeHover } from './hoverText';
import { unlessCancelled } from './unlessCancelled';

/** Tells about the token, or word, under the pointer, from the trace in memory. */
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
    if (found === null) return undefined;
    const groups = entriesIn(found.inspection);
    const entry = groupOf(groups, found.token);
    const span = entrySpans(groups, found.link.spans)[entry] ?? null;
    if (span === null) return undefined;
    const range = rangeOf(document, span);
    const asked = this.textFor(found, entry).catch(failureText);
    const text = await unlessCancelled(asked, cancellation);
    return text && new vscode.Hover(text, range);
  }

  private async textFor(
    { inspection, link }: TokenInDocument,
    entry: number,
  ): Promise<vscode.MarkdownString | undefined> {
    const asked = gatherFacts(
      this.sources,
      inspection,
      { side: 'source', index: entry },
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
