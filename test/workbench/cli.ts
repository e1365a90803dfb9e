// The terminal's Headlight, built from the same tree.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { installVscodeServer } from '../../scripts/setup/vscodeServer.mjs';
import type { Span } from './editorDom';

const execute = promisify(execFile);

/** What the command prints. In VS Code's own Node.js, so that it computes with the same kernels, to the last digit. */
export async function cli(...args: readonly string[]): Promise<string> {
  const { node } = await installVscodeServer();
  const { stdout } = await execute(node, [path.join('dist', 'cli.js'), ...args]);
  return stdout;
}

const tokenizedSchema = v.object({
  spans: v.array(v.nullable(v.tuple([v.number(), v.number()]))),
});

/**
 * The characters of every ordinary token of a text; the same for tokens that share them.
 * `model`: a folder, if not the built-in one.
 */
export async function tokenSpans(text: string, model?: string): Promise<readonly Span[]> {
  const which = model === undefined ? [] : ['--model', model];
  const printed = await cli('tokenize', ...which, '--text', text);
  const { spans } = v.parse(tokenizedSchema, JSON.parse(printed));
  return spans.filter((span) => span !== null);
}
