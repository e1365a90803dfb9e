import { referenceNames } from '../engine/referenceNames';
import { Failure } from '../failure/failure';
import type { TransformerConfig } from '../transformer/config';
import { hookNames } from '../transformer/hookNames';
import type { HookName } from '../transformer/probe';

/** What a run shall keep. */
export interface CapturePlan {
  /** Hook → names of the tensors written from its value. */
  readonly hooks: ReadonlyMap<HookName, readonly string[]>;
  readonly positionalEncoding: boolean;
}

/** Which of Hugging Face's outputs a word stands for. */
const GROUPS: Readonly<Record<string, (output: string) => boolean>> = {
  attentions: (output) => output.includes('attentions.'),
  hidden_states: (output) => output.includes('hidden_state'),
  logits: (output) => output.endsWith('logits'),
};

/** Looks the words of `--capture` up in a model. @throws Failure `capture.*` */
export function capturePlan(words: readonly string[], config: TransformerConfig): CapturePlan {
  const { modelType } = config;
  const outputs = referenceNames(config);
  const known = new Set(hookNames(config));
  const hooks = new Map<HookName, readonly string[]>();
  const add = (hook: HookName, names: readonly string[]): void => {
    hooks.set(hook, [...new Set([...(hooks.get(hook) ?? []), ...names])]);
  };
  let positionalEncoding = false;
  for (const word of words) {
    const group = Object.hasOwn(GROUPS, word) ? GROUPS[word] : undefined;
    const missing =
      (word === 'pooler_output' && !known.has(word)) ||
      (word === 'positional_encoding' && !addsPositions(config));
    if (missing) throw new Failure('capture.unavailable', { name: word, modelType });
    if (word === 'positional_encoding') positionalEncoding = true;
    else if (group) {
      for (const [hook, names] of outputs) {
        const wanted = known.has(hook) ? names.filter(group) : [];
        if (wanted.length > 0) add(hook, wanted);
      }
    } else if (known.has(word)) add(word, [word]);
    else
      throw new Failure('capture.unknown', {
        name: word,
        example: [...known].find((name) => name.endsWith('.hook_q')) ?? '',
      });
  }
  return { hooks, positionalEncoding };
}

/** Whether a model adds encodings of positions to its embeddings. */
function addsPositions({ encoder, decoder }: TransformerConfig): boolean {
  const { kind } = (encoder ?? decoder)!.positions;
  return kind === 'sinusoidal' || kind === 'learned';
}
