import { largestSummands } from '../../analysis/contributions';
import type { Answer, Question } from '../../protocol/queries';
import { checkToken } from '../traceTokens';
import { AttentionPass } from './attentionPass';
import { headColumn, headNorm, type Projected } from './headRows';
import type { StudyContext } from './studyContext';
import { turnedNumber } from './turnedNumber';
import { columnsOf } from './weightColumns';

/** Contributions listed one by one: what a reader takes in; the others are told as one. */
const MOST_TERMS = 12;

type Made = Answer<'madeOf'>;

/** A number and all it is the sum of. */
interface Sum {
  readonly value: number;
  readonly of: Made['of'];
  /** Factors of each contribution; null: it is no product. */
  readonly left: ArrayLike<number> | null;
  readonly right: ArrayLike<number> | null;
  readonly products: ArrayLike<number>;
  readonly bias?: number | null;
  readonly normed?: boolean;
  /** What a contribution is called by, where it is not its place in the list. */
  readonly names?: readonly number[];
}

/** What one number is made of. @throws Failure `trace.no*`, `memory.run`, `run.cancelled` */
export async function madeOfStudy(
  context: StudyContext,
  question: Question<'madeOf'>,
): Promise<Answer<'madeOf'>> {
  const { stack, layer, head, query, key, dimension, number } = question;
  const pass = await AttentionPass.of(context, { stack, layer, head });
  pass.checkPair(query, key);
  const wide = number === 'share' || number === 'output' || number === 'sum';
  const { dModel } = pass.config;
  checkToken(dimension, wide ? dModel : pass.attention.shape.headWidth);
  const made = sumOf(pass, question);
  const { order, rest, sum } = largestSummands(made.products, MOST_TERMS);
  const bias = made.bias ?? null;
  return {
    value: made.value,
    sum: sum + (bias ?? 0),
    normed: made.normed ?? false,
    of: made.of,
    terms: order.map((i) => ({
      index: made.names?.[i] ?? i,
      left: made.left?.[i] ?? null,
      right: made.right?.[i] ?? null,
      value: made.products[i]!,
    })),
    rest,
    bias,
  };
}

function sumOf(pass: AttentionPass, question: Question<'madeOf'>): Sum {
  const { query, key, dimension, number } = question;
  switch (number) {
    case 'query':
      return projected(pass, 'query', pass.x(query), query, dimension);
    case 'key':
    case 'value':
      return projected(pass, number, pass.memory(key), key, dimension);
    case 'turnedQuery':
      return turned(pass, 'query', query, dimension);
    case 'turnedKey':
      return turned(pass, 'key', key, dimension);
    case 'product': {
      const [q, k] = [pass.meeting('query', query), pass.meeting('key', key)];
      const made = factors('head', q, k);
      return { ...made, value: Math.fround(total(made.products)) };
    }
    case 'mixture': {
      const values = Array.from(
        { length: pass.keys },
        (_, k) => pass.vector('value', k)![dimension]!,
      );
      const made = factors('key', pass.row('pattern', query), values);
      return { ...made, value: pass.vector('z', query)![dimension]! };
    }
    case 'share':
      return shareOf(pass, query, dimension, pass.address.head);
    case 'output': {
      const { heads } = pass.attention.shape;
      const bias = columnsOf(pass.attention.projections.output, dimension, 1).bias?.[0] ?? null;
      return {
        of: 'heads',
        left: null,
        right: null,
        products: Array.from({ length: heads }, (_, h) => shareOf(pass, query, dimension, h).value),
        bias,
        value: pass.whole('output', query)![dimension]!,
      };
    }
    case 'sum': {
      const parts = [
        pass.residual(query),
        pass.whole('output', query)!,
        pass.whole('feedForward', query),
      ];
      return {
        of: 'parts',
        left: null,
        right: null,
        products: parts.flatMap((part) => (part ? [part[dimension]!] : [])),
        value: pass.whole('sum', query)![dimension]!,
      };
    }
  }
}

/** Dimension c of x W + b. */
function projected(
  pass: AttentionPass,
  which: Projected,
  x: Float32Array,
  at: number,
  dimension: number,
): Sum {
  const { weight, bias } = headColumn(pass, which, dimension);
  return {
    ...factors('stream', x, weight),
    bias: bias?.[0] ?? null,
    normed: headNorm(pass, which) !== null,
    value: pass.vector(which, at)![dimension]!,
  };
}

function turned(pass: AttentionPass, which: 'query' | 'key', at: number, dimension: number): Sum {
  const { dimensions, factors: turns } = turnedNumber(pass, at, dimension);
  const vector = pass.vector(which, at)!;
  const before = dimensions.map((c) => vector[c]!);
  return {
    ...factors('head', before, turns),
    names: dimensions,
    value: pass.meeting(which, at)[dimension]!,
  };
}

/** Dimension i of a head's z · W_O. */
function shareOf(pass: AttentionPass, query: number, dimension: number, head: number): Sum {
  const { headWidth } = pass.attention.shape;
  const rows = columnsOf(pass.attention.projections.output, dimension, 1).weight; // [heads · d_v, 1]
  const own = (of: Float32Array): Float32Array =>
    of.subarray(head * headWidth, (head + 1) * headWidth);
  const made = factors('head', own(pass.whole('z', query)!), own(rows));
  return { ...made, value: total(made.products) };
}

const factors = (
  of: Made['of'],
  left: ArrayLike<number>,
  right: ArrayLike<number>,
): Omit<Sum, 'value'> => ({
  of,
  left,
  right,
  products: Float64Array.from(left, (value, i) => value * right[i]!),
});

const total = (products: ArrayLike<number>): number =>
  Array.from(products).reduce((sum, product) => sum + product, 0);
