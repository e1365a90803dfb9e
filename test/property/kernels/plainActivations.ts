import type { ACTIVATIONS } from '../../../src/kernels/kernelArguments';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The non-linearities in float64. */
export const PLAIN_ACTIVATIONS: Readonly<Record<keyof typeof ACTIVATIONS, (x: number) => number>> =
  {
    linear: (x) => x,
    relu: (x) => Math.max(x, 0),
    gelu: (x) => x * normalDistribution(x),
    // 0.5 x (1 + tanh(u)), without the cancellation that costs the tail its digits
    gelu_new: (x) => x * sigmoid(Math.sqrt(8 / Math.PI) * (x + 0.044715 * x ** 3)),
    swish: (x) => x * sigmoid(x),
    quick_gelu: (x) => x * sigmoid(1.702 * x),
    tanh: Math.tanh,
    sigmoid,
    relu2: (x) => Math.max(x, 0) ** 2,
  };

/** Where the series below begins to lose digits, and the continued fraction needs few steps. */
const FAR = 3;

/** Φ, to about 1e-14 relative: near 0 by its series, else by a continued fraction of Laplace. */
function normalDistribution(x: number): number {
  const density = Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI);
  const a = Math.abs(x);
  if (a < FAR) {
    // Φ(x) = ½ + φ(x) (x + x³/3 + x⁵/(3·5) + …)
    let term = x;
    let sum = x;
    for (let n = 3; Math.abs(term) > 1e-18; n += 2) sum += term *= (x * x) / n;
    return 0.5 + density * sum;
  }
  // 1 − Φ(a) = φ(a) / (a + 1 / (a + 2 / (a + 3 / …)))
  let fraction = a;
  for (let n = 200; n > 0; n--) fraction = a + n / fraction;
  const tail = density / fraction;
  return x < 0 ? tail : 1 - tail;
}
