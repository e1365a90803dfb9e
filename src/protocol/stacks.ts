import type { Half, Side, Stack } from './address';
import type { Architecture } from './trace';

/** The stacks of a model, in the order they are computed and shown. */
export function stacksOf(architecture: Architecture): readonly Stack[] {
  switch (architecture) {
    case 'encoder':
      return ['encoder'];
    case 'decoder':
      return ['decoder'];
    case 'encoderDecoder':
      return ['encoder', 'decoder', 'cross'];
  }
}

/** Which half a stack belongs to. */
export const halfOf = (stack: Stack): Half => (stack === 'encoder' ? 'encoder' : 'decoder');

/** Which half reads a side's tokens first: that one has their positions. */
export const halfReading = (architecture: Architecture, side: Side): Half =>
  side === 'target' || architecture === 'decoder' ? 'decoder' : 'encoder';

/** Whose tokens ask in a stack. A model that is but a decoder reads the reader's text itself. */
export const querySide = (architecture: Architecture, stack: Stack): Side =>
  stack === 'encoder' || architecture === 'decoder' ? 'source' : 'target';

/** Whose tokens are asked. */
export const keySide = (architecture: Architecture, stack: Stack): Side =>
  stack === 'decoder' && architecture !== 'decoder' ? 'target' : 'source';
