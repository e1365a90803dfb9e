import { Failure } from '../failure/failure';
import type { Answer } from '../protocol/queries';
import { MOST_BEAMS, plainWriting, type Search, type Writing } from '../protocol/writing';
import type { SearchAsked } from '../transformer/generate/searchAsked';
import type { LoadedModel } from './loadedModel';
import type { Trace } from './trace';
import { checkWrites } from './writing/checkWrites';

/** A checkpoint does not say which: any one that stays the same. */
const SEED = 1;

/**
 * What the model's folder asks for when it writes from the text of a trace.
 * @throws Failure `generation.*`: for searches that are not built, too
 */
export function generationSettings(trace: Trace): Answer<'generationSettings'> {
  const { architecture, model, plan } = trace;
  const asked = model.searchAsked;
  const prompt = architecture === 'decoder' ? plan.source.length : plan.target.length;
  return { options: [...asked.options], writing: writingAsked(asked, prompt) };
}

/** @param prompt tokens that the decoder reads before its first step, which a length in all counts */
export function writingAsked(asked: SearchAsked, prompt: number): Writing {
  const { maxNewTokens, maxLength } = asked;
  const left = maxLength === null ? null : Math.max(1, maxLength - prompt);
  return { ...plainWriting, search: searchOf(asked), maxNewTokens: maxNewTokens ?? left };
}

/** The search that a model's folder asks for; null: the model writes nothing, or it asks for what is not built. */
export function searchFor(model: LoadedModel): Search | null {
  try {
    checkWrites(model.summary);
    return searchOf(model.searchAsked);
  } catch {
    return null;
  }
}

function searchOf(asked: SearchAsked): Search {
  const { doSample, numBeams, temperature, topK, topP, lengthPenalty, earlyStopping } = asked;
  if (numBeams > 1) {
    if (doSample) throw notBuilt(asked, 'do_sample');
    if (numBeams > MOST_BEAMS) throw notBuilt(asked, 'num_beams');
    return { kind: 'beam', beams: numBeams, lengthPenalty, earlyStopping };
  }
  if (doSample) return { kind: 'sample', temperature, topK, topP, seed: SEED };
  return { kind: 'greedy' };
}

function notBuilt({ options }: SearchAsked, option: string): Failure {
  const { file = '', value = '' } = options.find((one) => one.option === option) ?? {};
  return new Failure('generation.option', { file, option, value });
}
