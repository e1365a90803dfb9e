import { isSameHead, type HeadAddress } from '../../protocol/headProfile';

/**
 * As many other heads as were chosen, at random: from each stack as many as were chosen there, since
 * a head of one stack is no fair control for one of another. The same seed draws the same heads.
 * @returns null where a stack has too few others
 */
export function drawHeads(
  all: readonly HeadAddress[],
  chosen: readonly HeadAddress[],
  seed: number,
): HeadAddress[] | null {
  const random = randomNumbers(seed);
  const drawn: HeadAddress[] = [];
  for (const stack of new Set(chosen.map((head) => head.stack))) {
    const count = chosen.filter((head) => head.stack === stack).length;
    const others = all.filter(
      (head) => head.stack === stack && !chosen.some((one) => isSameHead(one, head)),
    );
    if (others.length < count) return null;
    for (let i = 0; i < count; i++) {
      const [head] = others.splice(Math.floor(random() * others.length), 1);
      drawn.push(head!);
    }
  }
  return drawn;
}

/** Park & Miller (1988) with their later multiplier: numbers in (0, 1) that a seed decides. */
const MULTIPLIER = 48_271;
const MODULUS = 2 ** 31 - 1;
/** Small seeds begin with small numbers; after these steps nothing of that is left. */
const WARM_UP = 10;

function randomNumbers(seed: number): () => number {
  let state = seed % MODULUS || 1;
  const next = (): number => {
    // The product stays below 2 ** 53, where every whole number has its own double.
    state = (state * MULTIPLIER) % MODULUS;
    return state / MODULUS;
  };
  for (let step = 0; step < WARM_UP; step++) next();
  return next;
}
