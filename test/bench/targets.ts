import type { BenchRecord, Contest, Times } from './record';
import { pairedRatio } from './statistics';

/** How long one engine may take for something, by how long another takes beside it. */
interface Target {
  readonly shape: string;
  readonly kind: 'forward' | 'step';
  readonly length: number;
  readonly mine: string;
  readonly other: string;
  readonly most: number;
}

/** What this engine was built to reach on two cores. */
const TARGETS: readonly Target[] = [
  ...['bert', 'gpt2'].flatMap((shape): Target[] => [
    { shape, kind: 'forward', length: 128, mine: 'own', other: 'tfjs', most: 0.25 },
    { shape, kind: 'forward', length: 128, mine: 'own', other: 'ort-web', most: 0.62 },
    { shape, kind: 'forward', length: 128, mine: 'own-int8', other: 'torch', most: 0.85 },
  ]),
  { shape: 'minilm', kind: 'forward', length: 128, mine: 'own', other: 'ort-web', most: 0.62 },
  { shape: 'gpt2', kind: 'step', length: 128, mine: 'own', other: 'torch', most: 1 },
  { shape: 'gpt2', kind: 'step', length: 128, mine: 'own-int8', other: 'torch', most: 0.5 },
  { shape: 'gpt2', kind: 'forward', length: 1024, mine: 'own', other: 'tfjs', most: 0.16 },
];

const timesOf = (contest: Contest | undefined, engine: string): Times | undefined =>
  contest?.times.find((one) => one.engine === engine);

/** A row a target that was measured: what, ratio, target, whether it is reached. */
export function targetRows({ contests }: BenchRecord): string[][] {
  return TARGETS.flatMap((target) => {
    const { shape, kind, length, mine, other, most } = target;
    const contest = contests.find(
      (one) => one.shape === shape && one.kind === kind && one.length === length,
    );
    const [a, b] = [timesOf(contest, mine), timesOf(contest, other)];
    if (!a || !b) return [];
    const ratio = pairedRatio(a.turns, b.turns);
    const what = `${shape}, ${kind} ${length}: \`${mine}\` ÷ \`${other}\``;
    return [[what, ratio.toFixed(2), most.toFixed(2), ratio <= most ? 'reached' : 'missed']];
  });
}
