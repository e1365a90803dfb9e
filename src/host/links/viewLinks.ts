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
    private readonly failed: (thrown: unknown) => unknown,
  ) {
    this.store.add(vscode.window.registerUriHandler(this));
  }

  /** The address of the current view. @throws Failure `link.nothing` */
  address(): vscode.Uri {
    const { current } = this.inspections;
    if (current === null) throw new Failure('link.nothing');
    const { place, pair } = this.links.textNow(current.key) ?? current.subject;
    const places = { place, pairPlace: pair?.place ?? null };
    return vscode.Uri.from({
      scheme: vscode.env.uriScheme,
      authority: this.extensionId,
      path: VIEW_PATH,
      query: encodeView(viewOf(current, places, this.models.nameOf(current.subject.model))),
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

  private async open(view: ViewLink): Promise<void> {
    const { text, place, pair, model, language, writing, navigation } = view;
    const source = this.models.named(model);
    if (source === null) throw new Failure('link.model', { model });
    const document = place === null ? undefined : await documentOf(place);
    const whole = wholeText(text, place, document);
    const second = pair && { ...pair, text: wholeText(pair.text, pair.place, document) };
    const origin = document === undefined ? '' : originAt(document, place, second?.place ?? null);
    this.show();
    this.inspections.inspect(
      { text: whole, place, pair: second, origin, model: source, language, writing },
      { navigation, following: false },
    );
  }
}

/** Of places that may lie far behind the document's end. */
function originAt(
  document: vscode.TextDocument,
  place: Place | null,
  pairPlace: Place | null,
): string {
  if (place === null) return '';
  const lineOf = (at: Place): number => document.positionAt(offsetOf(document, at)).line;
  return originOf(document, lineOf(place), pairPlace && lineOf(pairPlace));
}

/** Shows the document of a link. Undefined: it is not to be had. */
async function documentOf(place: Place): Promise<vscode.TextDocument | undefined> {
  const document = await openPlace(place);
  if (document !== undefined) await vscode.window.showTextDocument(document, { preview: true });
  return document;
}

/** The text of a link; one too long for it from its document. @throws Failure `link.changed` */
function wholeText(
  linked: ViewLink['text'],
  place: Place | null,
  document: vscode.TextDocument | undefined,
): string {
  if (typeof linked === 'string') return linked;
  const { sha256: expected, length } = linked;
  if (place === null || document === undefined) throw new Failure('link.changed');
  const start = offsetOf(document, place);
  const text = textOf(document).slice(start, start + length);
  if (sha256(text) !== expected) throw new Failure('link.changed');
  return text;
}
