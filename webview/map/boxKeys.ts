/** Where an arrow key leads from a box. Pure. */
import type { Placed } from './column';

/** Up and down along a stack in the order of computing, left and right to the nearest box beside. */
export function boxAfterKey(
  key: string,
  placed: readonly Placed[],
  current: string,
): string | null {
  const at = placed.find(({ box }) => box.key === current);
  const ordered = placed.filter(({ box }) => box.half === at?.box.half);
  const index = ordered.findIndex(({ box }) => box.key === current);
  if (at === undefined) return null;
  switch (key) {
    case 'ArrowUp':
      return ordered[index + 1]?.box.key ?? null;
    case 'ArrowDown':
      return ordered[index - 1]?.box.key ?? null;
    case 'Home':
      return ordered[0]?.box.key ?? null;
    case 'End':
      return ordered.at(-1)?.box.key ?? null;
    case 'ArrowLeft':
      return beside(at, placed, -1);
    case 'ArrowRight':
      return beside(at, placed, 1);
    default:
      return null;
  }
}

const centre = ({ x, width }: Placed): number => x + width / 2;
const middle = ({ y, height }: Placed): number => y + height / 2;

function beside(from: Placed, placed: readonly Placed[], direction: 1 | -1): string | null {
  const apart = (other: Placed): number => direction * (centre(other) - centre(from));
  // What stands straight above or below is not beside; of the rest the nearest in height counts.
  const candidates = placed
    .filter((other) => apart(other) > Math.min(from.width, other.width) / 2)
    .map((other) => ({
      other,
      cost: Math.abs(middle(other) - middle(from)) + apart(other) / 2,
    }))
    .sort((a, b) => a.cost - b.cost);
  return candidates[0]?.other.box.key ?? null;
}
