import type { GenerationOptions } from './generationOptions';
import { finiteFloat32, positiveFloat32 } from './float32Range';
import { logSoftmax } from './logSoftmax';

/** Changes the scores of the next token in place. `tokens`: the sequence so far, prompt included. */
export type LogitsRule = (tokens: readonly number[], scores: Float32Array) => void;

/**
 * The rules of some options, in the order Hugging Face transformers applies them; the order shows
 * where two rules meet on one token.
 */
export function logitsRules(
  options: GenerationOptions,
  promptLength: number,
  maxLength: number,
): LogitsRule[] {
  const rules: LogitsRule[] = [];
  const { badWords, endTokens, forcedFirst, forcedLast } = options;
  if (options.repetitionPenalty !== 1) rules.push(repetitionRule(options.repetitionPenalty));
  if (options.noRepeatNgram > 0) rules.push(ngramRule(options.noRepeatNgram));
  if (badWords.length > 0) rules.push(badWordsRule(badWords, endTokens));
  if (forcedFirst !== null) rules.push(onlyAtLength(1, [forcedFirst]));
  if (forcedLast.length > 0) rules.push(onlyAtLength(maxLength - 1, forcedLast));
  if (options.suppressed.length > 0) rules.push((_, scores) => forbid(scores, options.suppressed));
  if (options.suppressedFirst.length > 0) {
    // A forced first token is no choice: the first free one comes after it.
    const free = promptLength > 1 || forcedFirst === null ? promptLength : promptLength + 1;
    rules.push((tokens, scores) => {
      if (tokens.length === free) forbid(scores, options.suppressedFirst);
    });
  }
  if (options.renormalize) rules.push((_, scores) => renormalize(scores));
  return rules;
}

/** Keskar et al. 2019: what has been said becomes less likely. */
function repetitionRule(penalty: number): LogitsRule {
  // In float32, as the original multiplies.
  const factor = positiveFloat32(penalty);
  return (tokens, scores) => {
    for (const token of new Set(tokens)) {
      const score = scores[token]!;
      if (score < 0) scores[token] = score * factor;
      else if (score < Infinity) scores[token] = finiteFloat32(score / factor);
    }
  };
}

/** Paulus et al. 2017: a token that would complete an n-gram already there is forbidden. */
function ngramRule(size: number): LogitsRule {
  return (tokens, scores) => {
    const tail = tokens.length - size + 1;
    for (let start = 0; start + size <= tokens.length; start++) {
      const repeats = tokens
        .slice(start, start + size - 1)
        .every((token, i) => token === tokens[tail + i]);
      if (repeats) scores[tokens[start + size - 1]!] = -Infinity;
    }
  };
}

function badWordsRule(
  words: readonly (readonly number[])[],
  endTokens: readonly number[],
): LogitsRule {
  // The end must stay possible, whatever the list says.
  const kept = words.filter((word) => word.length > 1 || !endTokens.includes(word[0]!));
  return (tokens, scores) => {
    for (const word of kept) {
      // As in Hugging Face, a word as long as the text so far is the longest that can match.
      if (word.length > 1 && word.length > tokens.length) continue;
      const from = tokens.length - word.length + 1;
      const begun = word.slice(0, -1).every((token, i) => token === tokens[from + i]);
      if (begun) forbid(scores, word.slice(-1));
    }
  };
}

function onlyAtLength(length: number, allowed: readonly number[]): LogitsRule {
  return (tokens, scores) => {
    if (tokens.length !== length) return;
    scores.fill(-Infinity);
    for (const token of allowed) if (token < scores.length) scores[token] = 0;
  };
}

function renormalize(scores: Float32Array): void {
  // Where nothing is left there is no distribution, and whoever chooses says so.
  if (scores.some((score) => score !== -Infinity)) scores.set(logSoftmax(scores));
}

function forbid(scores: Float32Array, tokens: readonly number[]): void {
  for (const token of tokens) if (token < scores.length) scores[token] = -Infinity;
}
