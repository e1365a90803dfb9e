import type { Disposable } from '../disposables';
import type { Signal } from '../signal';
import type { Paint } from './colourPainter';
import type { Span } from './trackedText';

/** A text editor on screen, as far as colours need it; spans in offsets of its document. */
export interface ColourSurface {
  /** Of the document. */
  readonly uri: string;
  /** What the editor shows. */
  visible(): readonly Span[];
  /** What is selected; cursors are not. */
  selected(): readonly Span[];
  readonly paint: Paint;
}

/** The text editors on screen. VS Code without VS Code, so that colours can be tested in plain Node. */
export interface ColourSurfaces extends Disposable {
  all(): readonly ColourSurface[];
  /** Editors came or went. */
  readonly changed: Signal<void>;
  /** An editor was scrolled, or something else is selected in it. */
  readonly moved: Signal<ColourSurface>;
  /** The URI of a document that was edited. */
  readonly edited: Signal<string>;
  /** All that was painted is gone: the theme is of another kind. */
  readonly wiped: Signal<void>;
}
