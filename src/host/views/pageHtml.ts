import { randomBytes } from 'node:crypto';

/** Addresses the page may load, as its webview spells them. */
export interface PageResources {
  readonly script: string;
  /** What the script needs at once: asked for together with it, not one after the other. */
  readonly parts: readonly string[];
  readonly style: string;
  /** `webview.cspSource`. */
  readonly source: string;
  /** BCP 47 tag of the words on the page. */
  readonly language: string;
  readonly title: string;
}

/**
 * The empty page of a view. Its policy: our one script by nonce and the parts of it that it loads from
 * beside it later, our one style sheet, pictures it draws itself, and no connection to anywhere.
 */
export function pageHtml({ script, parts, style, source, language, title }: PageResources): string {
  const nonce = randomBytes(18).toString('base64');
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' ${source}`,
    `style-src ${source}`,
    `font-src ${source}`,
    `img-src data: blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escape(language)}">
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escape(title)}</title>
    <link rel="stylesheet" href="${escape(style)}">
    ${parts.map((part) => `<link rel="modulepreload" href="${escape(part)}">`).join('')}
  </head>
  <body>
    <div id="app"></div>
    <script type="module" nonce="${nonce}" src="${escape(script)}"></script>
  </body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
