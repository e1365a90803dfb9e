import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import type { NavigationChange } from '../../protocol/navigation';
import type { TextSight } from '../../protocol/panelMessages';
import { pairOf, tourStops } from '../../protocol/studies/tourSentences';
import { rangeOf } from '../editor/documentText';
import { textIn, type TextInDocument } from '../editor/textInDocument';
import { beginningAfter } from '../inspection/beginning';
import { isGone } from '../inspection/inspection';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';
import { sameSource, sameWriting, type Subject } from '../inspection/subject';
import type { ChosenLanguage } from '../models/chosenLanguage';
import type { Models } from '../models/models';
import { t } from '../words';

/**
 * The “it” tour's texts. They stand in a document of their own, a sentence a line, so that editor
 * colours, hovers and cursor work on them as on any text.
 */
export class Tour {
  private document: vscode.TextDocument | null = null;

  constructor(
    private readonly inspections: Inspections,
    private readonly reader: Reader,
    private readonly models: Pick<Models, 'chosen'>,
    private readonly language: Pick<ChosenLanguage, 'for'>,
    private readonly showPanel: (preserveFocus: boolean) => void,
  ) {}

  /** Opens the sentences, inspects the first with the chosen model and shows the tour. */
  async start(): Promise<void> {
    const model = this.models.chosen;
    const place = await this.placeOf(pairOf(tourStops[0]!).sentences[0]);
    this.showPanel(true);
    const subject = { ...place, model, language: this.language.for(model), writing: null };
    this.show(subject, { view: 'tour' });
  }

  /**
   * Inspects a sentence with the model on view, and looks at what is said there.
   * @param pinned another one, to compare it with
   * @throws Failure `trace.none`
   */
  async inspect(sight: TextSight, pinned: TextSight | null): Promise<void> {
    const { current } = this.inspections;
    if (current === null) throw new Failure('trace.none');
    const { model, language } = current.subject;
    const reading = { model, language, writing: null };
    if (pinned !== null) {
      this.show({ ...(await this.placeOf(pinned.text)), ...reading }, pinned.change);
      this.reader.pinHere();
    }
    this.show({ ...(await this.placeOf(sight.text)), ...reading }, sight.change);
  }

  /** A sentence of the document is not run twice under the same model. */
  private show(subject: Subject, change: NavigationChange): void {
    const known = this.inspections
      .all()
      .find(
        (one) =>
          !isGone(one) &&
          sameSource(one.subject, subject) &&
          sameWriting(one.subject, subject) &&
          one.subject.place?.uri === subject.place?.uri,
      );
    if (known) {
      this.inspections.show(known.key);
      this.reader.navigate(change);
      return;
    }
    const { navigation, following } = beginningAfter(this.inspections.current, subject);
    this.inspections.inspect(subject, {
      navigation: { ...navigation, ...change },
      // A head that was asked for is not left for the newest layer.
      following: following && change.layer === undefined,
    });
  }

  /** The sentence where it stands in the document, which is opened, or added to, if need be. */
  private async placeOf(text: string): Promise<TextInDocument> {
    const document = await this.open();
    let start = document.getText().indexOf(text);
    if (start < 0) {
      const { range } = document.lineAt(document.lineCount - 1);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, range.end, `${range.isEmpty ? '' : '\n'}${text}\n`);
      await vscode.workspace.applyEdit(edit);
      start = document.getText().indexOf(text);
    }
    // An edit may be refused: then the text stands nowhere.
    if (start < 0) return { text, place: null, pair: null, origin: t('Own sentence') };
    const span = [start, start + text.length] as const;
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: columnFor(document),
      preserveFocus: true,
    });
    // The cursor stays: it would choose a token.
    editor.revealRange(
      rangeOf(document, span),
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
    return textIn(document, [span])!;
  }

  private async open(): Promise<vscode.TextDocument> {
    if (this.document === null || this.document.isClosed)
      this.document = await vscode.workspace.openTextDocument({
        language: 'plaintext',
        content: tourStops.map((stop) => `${pairOf(stop).sentences.join('\n')}\n`).join(''),
      });
    return this.document;
  }
}

/** Where the document is, else where texts are: not over the panel. */
function columnFor(document: vscode.TextDocument): vscode.ViewColumn {
  const editors = vscode.window.visibleTextEditors;
  const editor = editors.find((one) => one.document === document) ?? editors[0];
  return editor?.viewColumn ?? vscode.ViewColumn.One;
}
