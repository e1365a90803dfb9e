import { hasOwnKernel } from '../operations/ownKernels';
import type { KeysValues, NewKeysValues } from './keysValues';
import { PackedKeysValues } from './packedKeysValues';
import { PlainKeysValues } from './plainKeysValues';

/** Keys and values as the backend in use computes best with. Call inside `tf.tidy`. */
export const keysValuesOf = (first: NewKeysValues): KeysValues =>
  hasOwnKernel('Attend') ? PackedKeysValues.of(first) : PlainKeysValues.of(first);
