/** The output as far as a step has come, as text. Pure. */
import { visibleLabel, visibleText } from '../../src/navigation/labels';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';

export interface OutputParts {
  readonly before: string;
  /** What the step wrote: its characters, or how a token that stands for none is called. */
  readonly present: string;
  /** What later steps write. */
  readonly after: string;
}

/**
 * Before, in and behind the token that a step wrote. Put together from the tokens: the text itself is
 * only known when all of it is written.
 */
export function outputParts({ written, output }: TraceSnapshot, step: number): OutputParts {
  let cursor = 0;
  const parts: [string, string, string] = ['', '', ''];
  for (const [index, { token }] of written.entries()) {
    const part = index < step ? 0 : index === step ? 1 : 2;
    const [start, end] = token.span ?? [cursor, cursor];
    // Several tokens may stand for one character: the first of them has it.
    const isEmpty = end <= cursor;
    if (isEmpty && part === 1) parts[1] = visibleLabel(token);
    if (isEmpty) continue;
    const gap = output.slice(cursor, start) || ' '.repeat(Math.max(0, start - cursor));
    const [, space = '', own = ''] = /^(\s*)(.*)$/su.exec(token.label) ?? [];
    // Only the token itself is marked, not the space before it; white space alone gets its sign.
    const isBlank = own === '' && part === 1;
    if (isBlank) parts[1] = visibleLabel(token);
    parts[part === 1 ? 0 : part] += isBlank ? gap : gap + space;
    parts[isBlank ? 2 : part] += isBlank ? space : own;
    cursor = end;
  }
  const [before, present, after] = parts.map(visibleText);
  return { before: before ?? '', present: present ?? '', after: after ?? '' };
}
