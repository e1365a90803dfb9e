/** Numbers as parts of a formula. */
import { number, operator, row, type Term } from '../learn/formula/mathml';
import { fourDecimals } from '../../src/navigation/names';

/** With four decimals, the sign as print has it. */
export const signedNumber = (value: number): Term => {
  const digits = fourDecimals(Math.abs(value));
  // What is rounded to 0 has no sign.
  return value < 0 && Number(digits) !== 0 ? row(operator('−'), number(digits)) : number(digits);
};

/** A difference that may be a millionth as well as 3. */
export const smallNumber = (value: number): string =>
  value === 0 ? '0' : value >= 0.001 ? fourDecimals(value) : value.toExponential(1);
