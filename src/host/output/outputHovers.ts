import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import type { ScaleTheme } from '../../palette/weightScale';
import type { ColourScaleChoice } from '../../protocol/readerState';
import type { DocumentLinks } from '../editor/documentLinks';
import { rangeOf } from '../editor/documentText';
import { tokenOver } from '../editor/tokenAt';
import type { Sources } from '../hover/gatherFacts';
import { hoverColours, type HoverColours } from '../hover/hoverColours';
import { enabledCommands } from '../hover/hoverCommands';
import { unlessCancelled } from '../hover/unlessCancelled';
import { failureWords, t } from '../words';
import type { OutputDocuments, OutputLink } from './outputDocuments';
import { outputFacts } from './outputFacts';
import { writeOutputHover } from './outputHoverText';

/** Tells about the output token under the pointer, from the trace in memory. */
export class OutputHovers implements vscode.HoverProvider {
  private colours: HoverColours | null = null;

  constructor(
    private readonly documents: Pick<OutputDocuments, 'linkIn'>,
    private readonly links: Pick<DocumentLinks, 'at'>,
    private readonly sources: Pick<Sources, 'rows'>,
    private readonly theme: () => ScaleTheme,
    private readonly colourScale: () => ColourScaleChoice,
  ) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    cancellation: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    if (cancellation.isCancellationRequested) return undefined;
    const uri = document.uri.toString();
    const offset = document.offsetAt(position);
    const link = this.documents.linkIn(uri);
    // A text that is inspected in the output has a hover of its own.
    if (link === null || this.links.at(uri, offset) !== null) return undefined;
    const token = tokenOver(link.spans, offset);
    const span = token === null ? null : (link.spans[token] ?? null);
    if (token === null || span === null) return undefined;
    const asked = this.textFor(link, token).catch(failureText);
    const text = await unlessCancelled(asked, cancellation);
    return text && new vscode.Hover(text, rangeOf(document, span));
  }

  private async textFor(
    { inspection }: OutputLink,
    token: number,
  ): Promise<vscode.MarkdownString | undefined> {
    const facts = await outputFacts(this.sources, inspection, token, this.colourScale());
    if (facts === null) return undefined;
    const markdown = new vscode.MarkdownString();
    markdown.isTrusted = { enabledCommands };
    markdown.supportHtml = false;
    writeOutputHover(markdown, facts, this.coloursNow(), t);
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
