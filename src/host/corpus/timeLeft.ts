import type { Translate } from '../../language/translate';

/** Sentences whose pace says nothing yet: the first one has the model loaded. */
const FIRST_SENTENCES = 2;

const SECONDS_A_MINUTE = 60;
const MINUTES_AN_HOUR = 60;

/** How far a run has come. Work is counted in characters: what is long takes long. */
export interface Pace {
  readonly sentences: number;
  readonly characters: number;
  readonly allCharacters: number;
  readonly milliseconds: number;
}

/** Seconds that the rest will take at the pace so far; null: too early to say. */
export function secondsLeft({
  sentences,
  characters,
  allCharacters,
  milliseconds,
}: Pace): number | null {
  if (sentences <= FIRST_SENTENCES || characters === 0) return null;
  return (milliseconds / 1000 / characters) * (allCharacters - characters);
}

/** `40 s left`, `3 min left`, `2 h 5 min left`. */
export function timeLeftWords(seconds: number, t: Translate): string {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole < SECONDS_A_MINUTE) return t('{seconds} s left', { seconds: whole });
  const minutes = Math.ceil(whole / SECONDS_A_MINUTE);
  if (minutes < MINUTES_AN_HOUR) return t('{minutes} min left', { minutes });
  return t('{hours} h {minutes} min left', {
    hours: Math.floor(minutes / MINUTES_AN_HOUR),
    minutes: minutes % MINUTES_AN_HOUR,
  });
}
