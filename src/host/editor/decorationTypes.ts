import * as vscode from 'vscode';
import type { ScaleTheme } from '../../palette/weightScale';
import type { Disposable } from '../disposables';
import { brushName, type Brush } from './brush';
import { brushStyles, unsplit, type BrushStyle } from './brushStyle';

/**
 * VS Code's decoration types, one a brush, made when first needed: of the hundred there could be a
 * reader meets a few dozen. Their colours follow the theme by themselves; which kind of line or text
 * they have depends on the kind of theme they are made for.
 */
export class DecorationTypes implements Disposable {
  private readonly types = new Map<string, vscode.TextEditorDecorationType>();
  /** Made with the first type: it takes some arithmetic that a start without colours is spared. */
  private styles: ((brush: Brush) => BrushStyle) | null = null;

  constructor(private theme: ScaleTheme) {}

  get count(): number {
    return this.types.size;
  }

  of(brush: Brush): vscode.TextEditorDecorationType {
    return this.make(brushName(brush), this.styleOf(brush));
  }

  /**
   * What takes the place of a brush in lines that must not be split, see `unsplit`. Null: the brush
   * splits none, or no such line was met yet.
   */
  unsplit(brush: Brush, met: boolean): vscode.TextEditorDecorationType | null {
    const style = this.styleOf(brush);
    const name = `${brushName(brush)} unsplit`;
    if (style.text === undefined || !(met || this.types.has(name))) return null;
    return this.make(name, unsplit(brush, style));
  }

  /** Begins anew for another kind of theme. True if all decorations are gone by that. */
  renew(theme: ScaleTheme): boolean {
    if (theme === this.theme) return false;
    this.dispose();
    this.styles = null;
    this.theme = theme;
    return true;
  }

  dispose(): void {
    for (const type of this.types.values()) type.dispose();
    this.types.clear();
  }

  private styleOf(brush: Brush): BrushStyle {
    this.styles ??= brushStyles(this.theme);
    return this.styles(brush);
  }

  private make(name: string, style: BrushStyle): vscode.TextEditorDecorationType {
    const known = this.types.get(name);
    if (known !== undefined) return known;
    const type = vscode.window.createTextEditorDecorationType(renderOptions(style));
    this.types.set(name, type);
    return type;
  }
}

/** Rounded as the panel's chips are. */
const RADIUS = '2px';

function renderOptions({
  fill,
  text,
  border,
  outline,
  ruler,
}: BrushStyle): vscode.DecorationRenderOptions {
  const colour = (id: string): vscode.ThemeColor => new vscode.ThemeColor(id);
  return {
    // What is typed at a token's edge does not belong to it.
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    ...(fill !== undefined && { backgroundColor: colour(fill), borderRadius: RADIUS }),
    ...(text !== undefined && { color: colour(text) }),
    ...(border && {
      borderWidth: border.width,
      borderStyle: border.style,
      borderColor: colour(border.colour),
      borderRadius: RADIUS,
    }),
    ...(outline && {
      outlineWidth: outline.width,
      outlineStyle: outline.style,
      outlineColor: colour(outline.colour),
      borderRadius: RADIUS,
    }),
    ...(ruler !== undefined && {
      overviewRulerColor: colour(ruler),
      overviewRulerLane: vscode.OverviewRulerLane.Center,
    }),
  };
}
