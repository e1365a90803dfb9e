import type { MarkdownSink } from '../../../src/host/hover/inertText';

/** What `vscode.MarkdownString.appendText` escapes: 1.100 and before, and newer ones. */
const escapes = {
  older: (text: string): string => text.replaceAll(/[\\`*_{}[\]()#+\-!~]/g, '\\$&'),
  newer: (text: string): string =>
    text.replaceAll(/[\\`*_{}[\]()#+!~]/g, '\\$&').replaceAll(/^([ \t]*)-/gm, '$1\\-'),
} as const;

export type Generation = keyof typeof escapes;

/** A Markdown string as VS Code writes it. */
export class MarkdownFake implements MarkdownSink {
  value = '';

  constructor(private readonly generation: Generation = 'newer') {}

  appendText(text: string): void {
    this.value += escapes[this.generation](text)
      .replaceAll(/[ \t]+/g, (spaces) => '&nbsp;'.repeat(spaces.length))
      .replaceAll('>', '\\>')
      .replaceAll('\n', '\n\n');
  }

  appendMarkdown(markdown: string): void {
    this.value += markdown;
  }
}

/** Escapes and entities undone: the characters a reader sees. */
export const unescaped = (markdown: string): string =>
  markdown
    .replaceAll(/&(?:ensp|nbsp);/g, ' ')
    .replaceAll(/\\(.)/g, '$1')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
