import { rowAnswer } from '../engine/answer';
import type { Trace } from '../engine/trace';
import { tokensOf } from '../engine/traceTokens';
import type { Translate } from '../language/translate';
import type { Stack } from '../protocol/address';
import { keySide, querySide, stacksOf } from '../protocol/stacks';
import { numbersOf } from '../protocol/wireTensor';
import { topIndices } from '../transformer/generate/topIndices';
import { alignColumns, oneLine } from './columns';
import { candidateText, DIGITS, name } from './entryText';
import { predictionLines } from './predictionLines';
import type { TextTrace } from './textTrace';
import type { TableTask } from './traceArguments';

/** A traced text for people: every token's strongest links, then what was written and what else might have been. */
export function traceTable(traced: TextTrace, task: TableTask, t: Translate): string {
  const { trace, next, continuation } = traced;
  const { plan, model } = trace;
  const lines = [`${plan.model.name} · ${plan.model.modelType} · ${plan.backend}`];
  const writes = trace.plan.target.length > 0;
  const written = trace.written.map(({ token }) => token.id);
  const output = writes ? model.tokenizer.decode(written).text : continuation;
  if (output !== null) lines.push(t('Output: {text}', { text: oneLine(output) }));
  const { layers } = plan.model;
  const deepest = Math.max(layers.encoder, layers.decoder);
  for (const stack of stacksOf(trace.architecture)) {
    const count = stack === 'encoder' ? layers.encoder : layers.decoder;
    // A layer that only the deeper stack has is shown there; one that neither has is refused below.
    if (typeof task.layer === 'number' && task.layer >= count && task.layer < deepest) continue;
    lines.push('', heading(stack, task, t), ...linkLines(trace, stack, task));
  }
  if (writes) {
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
  }
  if (next) lines.push(alignColumns([['→', ...next.slice(0, task.top).map(candidateText)]])[0]!);
  lines.push(...predictionLines(traced, task.top, t));
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
  const { architecture } = trace;
  const queries = tokensOf(trace, querySide(architecture, stack));
  const keys = tokensOf(trace, keySide(architecture, stack));
  const read = trace.readable(stack, layer)[0]!.attention.queries;
  const rows = queries.slice(0, read).map((query, token) => {
    const question = {
      stack,
      layer,
      head,
      hideSpecials: false,
      unit: 'token' as const,
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

const linkText = (key: string, weight: number, norm: number): string =>
  `${key} ${weight.toFixed(DIGITS)} (${norm.toFixed(DIGITS)})`;
