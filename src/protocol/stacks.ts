import type { Side, Stack } from './address';
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

/** Whose tokens ask in a stack. A model that is but a decoder reads the reader's text itself. */
export const querySide = (architecture: Architecture, stack: Stack): Side =>
  stack === 'encoder' || architecture === 'decoder' ? 'source' : 'target';

/** Whose tokens are asked. */
export const keySide = (architecture: Architecture, stack: Stack): Side =>
  stack === 'decoder' && architecture !== 'decoder' ? 'target' : 'source';
