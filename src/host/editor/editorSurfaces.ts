import * as vscode from 'vscode';
import type { ScaleTheme } from '../../palette/weightScale';
import { DisposableStore } from '../disposables';
import { Signal } from '../signal';
import type { ColourSurface, ColourSurfaces } from './colourSurface';
import type { Brush } from './brush';
import { DecorationTypes } from './decorationTypes';
import { rangeOf } from './documentText';
import type { Span } from './trackedText';

/** The text editors of VS Code on screen: of files, of notebook cells, both sides of a comparison. */
export class EditorSurfaces implements ColourSurfaces {
  readonly changed = new Signal<void>();
  readonly moved = new Signal<ColourSurface>();
  readonly edited = new Signal<string>();
  readonly wiped = new Signal<void>();
  private readonly store = new DisposableStore();
  private readonly types: DecorationTypes;
  private surfaces = new Map<vscode.TextEditor, ColourSurface>();

  constructor() {
    const { window, workspace } = vscode;
    this.types = this.store.add(new DecorationTypes(themeOf(window.activeColorTheme)));
    this.store.add(
      window.onDidChangeActiveColorTheme((theme) => {
        if (this.types.renew(themeOf(theme))) this.wiped.emit();
      }),
    );
    this.store.add(
      window.onDidChangeVisibleTextEditors((editors) => {
        this.meet(editors);
        this.changed.emit();
      }),
    );
    this.store.add(
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.tell(textEditor)),
    );
    this.store.add(
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.tell(textEditor)),
    );
    this.store.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.edited.emit(document.uri.toString());
      }),
    );
    this.meet(window.visibleTextEditors);
  }

  /** Kinds of decorations made so far. */
  get typeCount(): number {
    return this.types.count;
  }

  all(): readonly ColourSurface[] {
    return [...this.surfaces.values()];
  }

  dispose(): void {
    this.store.dispose();
  }

  private meet(editors: readonly vscode.TextEditor[]): void {
    this.surfaces = new Map(
      editors.map((editor) => [editor, this.surfaces.get(editor) ?? this.surfaceOf(editor)]),
    );
  }

  private tell(editor: vscode.TextEditor): void {
    const surface = this.surfaces.get(editor);
    if (surface !== undefined) this.moved.emit(surface);
  }

  private surfaceOf(editor: vscode.TextEditor): ColourSurface {
    const { document } = editor;
    const spanOf = ({ start, end }: vscode.Range): Span => [
      document.offsetAt(start),
      document.offsetAt(end),
    ];
    return {
      uri: document.uri.toString(),
      visible: () => editor.visibleRanges.map(spanOf),
      selected: () => editor.selections.filter(({ isEmpty }) => !isEmpty).map(spanOf),
      paint: (brush, spans) => this.paint(editor, brush, spans),
    };
  }

  private paint(editor: vscode.TextEditor, brush: Brush, spans: readonly Span[]): void {
    const { document } = editor;
    const ranges = spans.map((span) => rangeOf(document, span));
    const lines = new Map<number, boolean>();
    const staysWhole = ({ start: { line } }: vscode.Range): boolean => {
      const known = lines.get(line) ?? RIGHT_TO_LEFT.test(document.lineAt(line).text);
      lines.set(line, known);
      return known;
    };
    const whole = ranges.filter(staysWhole);
    const unsplit = this.types.unsplit(brush, whole.length > 0);
    if (unsplit !== null) editor.setDecorations(unsplit, whole);
    editor.setDecorations(
      this.types.of(brush),
      unsplit === null ? ranges : ranges.filter((range) => !staysWhole(range)),
    );
  }
}

/** Scripts that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

export function themeOf({ kind }: vscode.ColorTheme): ScaleTheme {
  switch (kind) {
    case vscode.ColorThemeKind.Dark:
      return 'dark';
    case vscode.ColorThemeKind.Light:
      return 'light';
    case vscode.ColorThemeKind.HighContrast:
      return 'highContrastDark';
    case vscode.ColorThemeKind.HighContrastLight:
      return 'highContrastLight';
  }
}
