import { referenceNames } from '../engine/referenceNames';
import { Failure } from '../failure/failure';
import type { ModelSummary } from '../protocol/trace';
import { hookNames, type HookName } from '../transformer/probe';

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
  logits: (output) => output === 'logits',
};

/** Outputs of families other than encoder–decoders. */
const OF_OTHER_FAMILIES: ReadonlySet<string> = new Set(['pooler_output']);

/** Looks the words of `--capture` up in a model. @throws Failure `capture.*` */
export function capturePlan(
  words: readonly string[],
  { layers, modelType }: Pick<ModelSummary, 'layers' | 'modelType'>,
): CapturePlan {
  const outputs = referenceNames(layers);
  const known = new Set(hookNames(layers));
  const hooks = new Map<HookName, readonly string[]>();
  const add = (hook: HookName, names: readonly string[]): void => {
    hooks.set(hook, [...new Set([...(hooks.get(hook) ?? []), ...names])]);
  };
  let positionalEncoding = false;
  for (const word of words) {
    const group = Object.hasOwn(GROUPS, word) ? GROUPS[word] : undefined;
    if (OF_OTHER_FAMILIES.has(word)) {
      throw new Failure('capture.unavailable', { name: word, modelType });
    }
    if (word === 'positional_encoding') positionalEncoding = true;
    else if (group) {
      for (const [hook, names] of outputs) {
        const wanted = names.filter(group);
        if (wanted.length > 0) add(hook, wanted);
      }
    } else if (known.has(word)) add(word, [word]);
    else
      throw new Failure('capture.unknown', { name: word, example: 'encoder.blocks.0.attn.hook_q' });
  }
  return { hooks, positionalEncoding };
}
