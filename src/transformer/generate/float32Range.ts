// Options may be any number; what is computed by them is kept within float32, so that no sum and no
// quotient is infinite or no number at all: that would be taken for a fault of the model's, and the page
// is sent no infinities.

/** Smallest normal number of float32. */
const SMALLEST = 2 ** -126;

/** Largest number of float32. */
const LARGEST = (2 - 2 ** -23) * 2 ** 127;

/** A number above 0 as a divisor or factor in float32. */
export const positiveFloat32 = (value: number): number =>
  Math.min(Math.max(Math.fround(value), SMALLEST), LARGEST);

/** A number in float32, or the one of its sign that is nearest to it there; no number stays none. */
export const finiteFloat32 = (value: number): number =>
  Math.fround(Math.min(Math.max(value, -LARGEST), LARGEST));
