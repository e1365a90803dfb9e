/** What an engine tells of a model, in words. Pure. */
import type { Translate } from '../../language/translate';
import type { Architecture, ModelSummary, Positions } from '../../protocol/trace';

export function architectureWords(architecture: Architecture, t: Translate): string {
  switch (architecture) {
    case 'encoder':
      return t('encoder');
    case 'decoder':
      return t('decoder');
    case 'encoderDecoder':
      return t('encoder and decoder');
  }
}

/** What it computes from its last layer. */
export function taskWords({ task, architecture }: ModelSummary, t: Translate): string {
  switch (task) {
    case null:
      return t('none (base model)');
    case 'nextToken':
      return architecture === 'encoderDecoder' ? t('writes a text') : t('predicts the next token');
    case 'maskedToken':
      return t('fills in masked tokens');
    case 'sequenceLabels':
      return t('labels a text');
    case 'tokenLabels':
      return t('labels tokens');
    case 'answerSpan':
      return t('finds an answer in a passage');
    case 'replacedToken':
      return t('finds replaced tokens');
  }
}

/** How it knows where a token stands, with the numbers that belong to it. */
export function positionWords(
  positions: Positions,
  number: (value: number) => string,
  t: Translate,
): string {
  switch (positions.kind) {
    case 'sinusoidal':
      return t('sines and cosines');
    case 'learned':
      return t('learned table');
    case 'rotary':
      return rotaryWords(positions, number, t);
    case 'alibi':
      return t('slope over the distance (ALiBi)');
    case 'relativeBias':
      return t('learned bias by distance, {buckets} buckets up to {distance} tokens', {
        buckets: number(positions.buckets),
        distance: number(positions.maxDistance),
      });
  }
}

function rotaryWords(
  { dimensions, headWidth, base, scaling }: Extract<Positions, { kind: 'rotary' }>,
  number: (value: number) => string,
  t: Translate,
): string {
  const words = t('rotation of queries and keys, base {base}', { base: number(base) });
  return [
    words,
    ...(dimensions === headWidth
      ? []
      : [t('{count} of {width} dimensions', { count: dimensions, width: headWidth })]),
    ...(scaling === 'default' ? [] : [t('scaled ({scaling})', { scaling })]),
  ].join(', ');
}

/** How far back layers see, where some do not see everything; empty: all of them do. */
export function windowWords(
  windows: ModelSummary['windows'],
  number: (value: number) => string,
  t: Translate,
): string {
  const sizes = new Set(windows.filter((window) => window !== null));
  return [...sizes]
    .map((window) =>
      t('{window} tokens in {count} of {layers} layers', {
        window: number(window),
        count: windows.filter((one) => one === window).length,
        layers: windows.length,
      }),
    )
    .join(', ');
}

/** Where the norms stand. */
export function normWords(placement: ModelSummary['normPlacement'], t: Translate): string {
  switch (placement) {
    case 'pre':
      return t('before each sub-layer');
    case 'post':
      return t('after each sub-layer');
    case 'parallel':
      return t('before attention and feed-forward network at once');
  }
}

/** Names listed: more would hide the facts below them. */
const MOST_NAMES = 20;

/** Names, and how many more there are; empty: there are none. */
export function listWords(
  names: readonly string[],
  count: number,
  locale: string,
  t: Translate,
): string {
  const listed = names.slice(0, MOST_NAMES).join(', ');
  const more = count - Math.min(names.length, MOST_NAMES);
  if (more <= 0) return listed;
  return t('{names} and {count} more', { names: listed, count: more.toLocaleString(locale) });
}
