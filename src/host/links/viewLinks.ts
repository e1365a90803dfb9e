import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';
import type { ViewLink } from '../../protocol/viewLink';
import { DisposableStore, type Disposable } from '../disposables';
import { offsetOf, originOf, textOf } from '../editor/documentText';
import type { DocumentLinks } from '../editor/documentLinks';
import { openPlace } from '../editor/openPlace';
import type { Inspections } from '../inspection/inspections';
import type { Place } from '../inspection/subject';
import type { Models } from '../models/models';
import { decodeView, encodeView, sha256, viewOf, VIEW_PATH } from './viewLink';

/** Addresses that reopen a view: written into the clipboard here, opened by the system there. */
export class ViewLinks implements Disposable, vscode.UriHandler {
  private readonly store = new DisposableStore();

  constructor(
    private readonly extensionId: string,
    private readonly inspections: Inspections,
    private readonly links: DocumentLinks,
    private readonly models: Models,
    /** A view was rebuilt: shows it. */
    private readonly show: () => void,
    private readonly failed: (thrown: unknown) => void,
  ) {
    this.store.add(vscode.window.registerUriHandler(this));
  }

  /** The address of the current view. @throws Failure `link.nothing` */
  address(): vscode.Uri {
    const { current } = this.inspections;
    if (current === null) throw new Failure('link.nothing');
    const place = this.links.textNow(current.key)?.place ?? current.subject.place;
    return vscode.Uri.from({
      scheme: vscode.env.uriScheme,
      authority: this.extensionId,
      path: VIEW_PATH,
      query: encodeView(viewOf(current, place, this.models.nameOf(current.subject.model))),
    });
  }

  async handleUri(uri: vscode.Uri): Promise<void> {
    try {
      await this.open(decodeView(uri.path, uri.query));
    } catch (thrown) {
      this.failed(thrown);
    }
  }

  dispose(): void {
    this.store.dispose();
  }

  private async open({ text, place, model, language, navigation }: ViewLink): Promise<void> {
    const source = this.models.named(model);
    if (source === null) throw new Failure('link.model', { model });
    const document = place === null ? undefined : await documentOf(place);
    const whole = typeof text === 'string' ? text : longText(text, place, document);
    const origin = document === undefined || place === null ? '' : originAt(document, place);
    this.show();
    this.inspections.inspect(
      { text: whole, place, origin, model: source, language },
      { navigation, following: false },
    );
  }
}

/** Of a place that may lie far behind the document's end. */
const originAt = (document: vscode.TextDocument, place: Place): string =>
  originOf(document, document.positionAt(offsetOf(document, place)).line);

/** Shows the document of a link. Undefined: it is not to be had. */
async function documentOf(place: Place): Promise<vscode.TextDocument | undefined> {
  const document = await openPlace(place);
  if (document !== undefined) await vscode.window.showTextDocument(document, { preview: true });
  return document;
}

/** A text too long for its link, from its document. @throws Failure `link.changed` */
function longText(
  { sha256: expected, length }: Exclude<ViewLink['text'], string>,
  place: Place | null,
  document: vscode.TextDocument | undefined,
): string {
  if (place === null || document === undefined) throw new Failure('link.changed');
  const start = offsetOf(document, place);
  const text = textOf(document).slice(start, start + length);
  if (sha256(text) !== expected) throw new Failure('link.changed');
  return text;
}
