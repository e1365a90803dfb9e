import { rowAnswer } from '../engine/answer';
import type { Trace } from '../engine/trace';
import type { Translate } from '../language/translate';
import type { Stack } from '../protocol/address';
import type { Candidate, Token } from '../protocol/trace';
import { numbersOf } from '../protocol/wireTensor';
import { topIndices } from '../transformer/generate/topIndices';
import { alignColumns, oneLine } from './columns';
import type { TextTrace } from './textTrace';
import type { TableTask } from './traceArguments';

/** Digits behind the point; more than a reader compares, fewer than the float32 holds. */
const DIGITS = 3;
const STACKS: readonly Stack[] = ['encoder', 'decoder', 'cross'];

/** A traced text for people: every token's strongest links, then what was written and what else might have been. */
export function traceTable({ trace, next }: TextTrace, task: TableTask, t: Translate): string {
  const { plan, model } = trace;
  const lines = [`${plan.model.name} · ${plan.model.modelType} · ${plan.backend}`];
  const written = trace.written.map(({ token }) => token.id);
  lines.push(t('Output: {text}', { text: oneLine(model.tokenizer.decode(written).text) }));
  const { layers } = plan.model;
  const deepest = Math.max(layers.encoder, layers.decoder);
  for (const stack of STACKS) {
    const count = stack === 'encoder' ? layers.encoder : layers.decoder;
    // A layer that only the deeper stack has is shown there; one that neither has is refused below.
    if (typeof task.layer === 'number' && task.layer >= count && task.layer < deepest) continue;
    lines.push('', heading(stack, task, t), ...linkLines(trace, stack, task));
  }
  lines.push('', t('Output tokens: probability, most likely tokens'));
  lines.push(
    ...alignColumns(
      trace.written.map(({ token, probability, candidates }, i) => [
        name(token, i + 1),
        probability.toFixed(DIGITS),
        ...candidates.slice(0, task.top).map(candidateText),
      ]),
    ),
  );
  if (next) lines.push(alignColumns([['→', ...next.slice(0, task.top).map(candidateText)]])[0]!);
  return `${lines.join('\n')}\n`;
}

function heading(stack: Stack, { layer, head }: TableTask, t: Translate): string {
  const titles = {
    encoder: t('Encoder self-attention'),
    decoder: t('Decoder self-attention'),
    cross: t('Cross-attention'),
  };
  const layerText = layer === 'mean' ? t('mean of all layers') : t('layer {layer}', { layer });
  const heads = { mean: t('mean of all heads'), max: t('maximum over heads') };
  const headText = typeof head === 'number' ? t('head {head}', { head }) : heads[head];
  return t('{stack}, {layer}, {head}: weight (‖α·v·W_O‖)', {
    stack: titles[stack],
    layer: layerText,
    head: headText,
  });
}

/** A line a query: its strongest links, strongest first. The same answer the panel gets. */
function linkLines(trace: Trace, stack: Stack, { layer, head, top }: TableTask): string[] {
  const queries = stack === 'encoder' ? trace.source : trace.target;
  const keys = stack === 'decoder' ? trace.target : trace.source;
  const read = trace.readable(stack, layer)[0]!.attention.queries;
  const rows = queries.slice(0, read).map((query, token) => {
    const question = {
      stack,
      layer,
      head,
      hideSpecials: false,
      direction: 'looksAt' as const,
      token,
    };
    const row = rowAnswer(trace, question);
    const [weights, norms] = [numbersOf(row.weights), numbersOf(row.norms)];
    const links = topIndices(weights, top)
      .filter((key) => weights[key]! > 0) // what a query may not see weighs exactly 0
      .map((key) => linkText(name(keys[key]!, key), weights[key]!, norms[key]!));
    return [name(query, token), ...links];
  });
  return alignColumns(rows);
}

/** A token with its index, which tells equal words apart. */
const name = (token: Token, index: number): string => `${index} ${oneLine(token.label)}`;

const linkText = (key: string, weight: number, norm: number): string =>
  `${key} ${weight.toFixed(DIGITS)} (${norm.toFixed(DIGITS)})`;

const candidateText = ({ label, probability }: Candidate): string =>
  `${oneLine(label)} ${probability.toFixed(DIGITS)}`;
