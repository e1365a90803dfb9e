/** The theme as canvases need it: CSS variables read once a change, and the scales that fit it. */
import { lineColours } from '../../src/palette/lineColours';
import {
  cssColour,
  divergingScale,
  weightScale,
  type ColourScale,
  type ScaleTheme,
} from '../../src/palette/weightScale';

export interface Theme {
  readonly kind: ScaleTheme;
  readonly looksAt: ColourScale;
  readonly lookedAt: ColourScale;
  readonly signed: ColourScale;
  readonly foreground: string;
  readonly muted: string;
  readonly line: string;
  readonly focus: string;
  readonly background: string;
  readonly font: string;
  /** Colours of chart lines. */
  readonly lines: readonly string[];
}

function kindOf(body: HTMLElement): ScaleTheme {
  if (body.classList.contains('vscode-high-contrast-light')) return 'highContrastLight';
  if (body.classList.contains('vscode-high-contrast')) return 'highContrastDark';
  return body.classList.contains('vscode-light') ? 'light' : 'dark';
}

/** Reads what `styles/page.css` derives from VS Code's variables. */
export function readTheme(body: HTMLElement): Theme {
  const kind = kindOf(body);
  const style = getComputedStyle(body);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    kind,
    looksAt: weightScale(kind, 'looksAt'),
    lookedAt: weightScale(kind, 'lookedAt'),
    signed: divergingScale(kind),
    foreground: read('--foreground'),
    muted: read('--muted'),
    line: read('--line'),
    focus: read('--focus'),
    background: read('--background'),
    font: style.fontFamily,
    lines: lineColours(kind).map(cssColour),
  };
}

/** Calls back when the reader changes the theme: VS Code then changes classes and variables. */
export function watchTheme(document: Document, changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-kind', 'data-vscode-theme-id'],
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
