import type { Translate } from '../../language/translate';
import type { CorpusProgress } from './runCorpus';
import { secondsLeft, timeLeftWords } from './timeLeft';

/** `37 of 500 · 4 min left · BLEU 31.2` */
export function progressWords(progress: CorpusProgress, t: Translate): string {
  const { sentences, allSentences, bleu } = progress;
  const seconds = secondsLeft(progress);
  return [
    t('{done} of {total}', { done: sentences, total: allSentences }),
    ...(seconds === null ? [] : [timeLeftWords(seconds, t)]),
    ...(bleu === null ? [] : [`BLEU ${bleu.toFixed(1)}`]),
  ].join(' · ');
}
