/** A beam search over made-up probabilities: the same seed makes the same search. Runs in Node and in the page. */
import type { Beam, BeamStep, Hypothesis } from '../../src/protocol/writing';
import { seeded } from '../webview/fixture';

export interface MadeSearch {
  readonly steps: readonly BeamStep[];
  /** Best first. */
  readonly hypotheses: readonly Hypothesis[];
}

interface Grown extends Beam {
  readonly path: readonly number[];
}

/** Id of the token that ends a sequence. */
const END = 1;
const FAN = 3;

/** Ends in the last step, with whatever grew the best. */
export function madeSearch(
  words: readonly string[],
  { beams, steps, seed = 3 }: { beams: number; steps: number; seed?: number },
): MadeSearch {
  const random = seeded(seed);
  const made: BeamStep[] = [];
  const found: Grown[] = [];
  let running: readonly Grown[] = [{ id: 0, label: '', origin: 0, total: 0, score: 0, path: [] }];
  for (let step = 0; step < steps; step++) {
    const grown = running.flatMap((from, origin) =>
      Array.from({ length: step === 0 ? beams : FAN }, (_, i): Grown => {
        const id = 2 + Math.floor(random() * words.length);
        const total = from.total + Math.log(0.2 + 0.75 * random()) - i * 0.6;
        return {
          id,
          label: words[id - 2]!,
          origin,
          total,
          score: total / (step + 1),
          path: [...from.path, id],
        };
      }),
    );
    const best = grown.toSorted((a, b) => b.total - a.total);
    const last = step === steps - 1;
    const ended = last ? best.slice(0, beams) : random() < 0.2 && step > 2 ? best.slice(1, 2) : [];
    const finished = ended.map((one) => ({
      ...one,
      id: END,
      label: '</s>',
      path: [...one.path.slice(0, -1), END],
    }));
    found.push(...finished);
    running = last ? [] : best.filter((one) => !ended.includes(one)).slice(0, beams);
    const plain = ({ id, label, origin, total, score }: Grown): Beam => ({
      id,
      label,
      origin,
      total,
      score,
    });
    made.push({ running: running.map(plain), finished: finished.map(plain), milliseconds: 12 });
  }
  const hypotheses = found
    .toSorted((a, b) => b.score - a.score)
    .slice(0, beams)
    .map(({ path, score }) => ({
      ids: [...path],
      text: path.flatMap((id) => (id === END ? [] : [words[id - 2]!])).join(' '),
      score,
    }));
  return { steps: made, hypotheses };
}
