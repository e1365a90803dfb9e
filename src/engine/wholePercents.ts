import type { ReadProgress } from '../checkpoint/checkpoint';

/** A big checkpoint has thousands of tensors; a reader sees whole per cents. */
export function wholePercents(say: (fraction: number) => void): ReadProgress {
  let told = -1;
  return (read, total) => {
    const percent = Math.floor((100 * read) / total);
    if (percent === told) return;
    told = percent;
    say(read / total);
  };
}
