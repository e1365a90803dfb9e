import { fourDecimals } from '../../src/navigation/names';
import type { Cell } from '../parts/dataTable';

/** A contribution to a sum: a number with a bar as long as it is large, coloured by its sign. */
export const signedBar = (value: number, most: number): Cell => ({
  text: fourDecimals(value),
  share: most === 0 ? 0 : Math.abs(value) / most,
  colour: value < 0 ? 'var(--below)' : 'var(--above)',
});
