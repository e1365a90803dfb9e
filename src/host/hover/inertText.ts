/** Text of strangers on its way into Markdown: seen as it is written, and able to do nothing. */

/** What is needed of `vscode.MarkdownString`. */
export interface MarkdownSink {
  appendText(value: string): unknown;
  appendMarkdown(value: string): unknown;
  readonly value: string;
}

/**
 * Signs that `appendText` leaves as they are, though Markdown reads something into them: entities,
 * tags and `<address>` links, the borders of table cells, and bare web and mail addresses.
 */
const SIGNS = /([&<|:.@])/;

/** First strong isolate and its end: right-to-left text cannot reorder what stands around it. */
const ISOLATE = '\u2068';
const END_OF_ISOLATE = '\u2069';

/** UTF-16 units a shown character may take; marks without end are piled on one letter otherwise. */
const UNITS_A_CHARACTER = 16;

/** The first so many characters, joined emoji and combining marks counted as one, then `…`. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  let count = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (count === most || kept.length + segment.length > most * UNITS_A_CHARACTER)
      return `${kept}…`;
    kept += segment;
    count++;
  }
  return kept;
}

/** On one line of its own direction. */
export const isolated = (text: string): string =>
  `${ISOLATE}${text.replaceAll(/\s+/gu, ' ')}${END_OF_ISOLATE}`;

/** Appends text so that no part of it is Markdown, HTML or a link, in a table's cell too. */
export function appendInert(markdown: MarkdownSink, text: string): void {
  for (const part of text.split(SIGNS))
    if (part.length === 1 && SIGNS.test(part)) markdown.appendMarkdown(`&#${part.charCodeAt(0)};`);
    else if (part !== '') markdown.appendText(part);
}

/** A whole sentence that quotes such text. `appendText` would make its spaces unbreakable. */
export function appendSentence(markdown: MarkdownSink, text: string): void {
  text.split(/\s+/u).forEach((word, i) => {
    if (i > 0) markdown.appendMarkdown(' ');
    appendInert(markdown, word);
  });
}

/** The same as a paragraph of its own. */
export function appendParagraph(markdown: MarkdownSink, sentence: string): void {
  markdown.appendMarkdown('\n\n');
  appendSentence(markdown, sentence);
}
