/** What a branch says, and which part of it its parent says too. Pure. */
import type { Branch } from '../../../src/protocol/branch';

export interface BranchText {
  /** The beginning it shares with its parent. */
  readonly shared: string;
  /** From the token that differs on. */
  readonly own: string;
}

/** Between two labels there is at most what no label shows: a space, a mark. */
const MOST_BETWEEN = 4;

export function branchText({ tokens, output, shared }: Branch): BranchText {
  // While it is being written, only its tokens are known.
  if (output === '')
    return {
      shared: tokens.slice(0, shared).map(spaced).join(''),
      own: tokens.slice(shared).map(spaced).join(''),
    };
  const end = endOf(output, tokens.slice(0, shared));
  return { shared: output.slice(0, end), own: output.slice(end) };
}

const spaced = ({ label }: Branch['tokens'][number]): string => `${label.trim()} `;

/** Where in the output these tokens, its first, end. Special ones say nothing there. */
function endOf(output: string, tokens: Branch['tokens']): number {
  let end = 0;
  for (const { label } of tokens) {
    const said = label.trim();
    const found = said === '' ? -1 : output.indexOf(said, end);
    if (found >= 0 && found - end <= MOST_BETWEEN) end = found + said.length;
  }
  return end;
}
