import * as vscode from 'vscode';
import type { ScaleTheme } from '../../palette/weightScale';
import type { Disposable } from '../disposables';
import { brushName, type Brush } from './brush';
import { brushStyles, type BrushStyle } from './brushStyle';

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
    const name = brushName(brush);
    const known = this.types.get(name);
    if (known !== undefined) return known;
    this.styles ??= brushStyles(this.theme);
    const type = vscode.window.createTextEditorDecorationType(renderOptions(this.styles(brush)));
    this.types.set(name, type);
    return type;
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
