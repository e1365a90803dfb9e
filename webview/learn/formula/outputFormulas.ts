/** From the last layer to a choice of tokens (paper section 3.4). */
import { formulaSet } from './formulaEntry';
import {
  apply,
  equation,
  fraction,
  named,
  row,
  sub,
  sum,
  sup,
  variable,
  type Term,
} from './mathml';
import { at, plus, times, weights } from './symbols';

const token = (): Term => variable('t');
const unembedding = (): Term => weights('U');

export const outputFormulas = formulaSet({
  output: {
    build: () => equation(variable('p'), apply(named('softmax'), variable('x'), unembedding())),
    reading: (t) => t('p = softmax of (x times W^U)'),
  },
  outputTied: {
    build: () =>
      equation(
        variable('p'),
        apply(named('softmax'), variable('x'), sup(variable('E'), named('T'))),
      ),
    reading: (t) => t('p = softmax of (x times E transposed), E being the embedding table'),
  },
  tokenProbability: {
    build: () =>
      equation(
        at('p', 't'),
        fraction(
          apply(named('exp'), sub(variable('ℓ'), token())),
          sum(variable('n'), apply(named('exp'), at('ℓ', 'n'))),
        ),
      ),
    reading: (t) =>
      t('probability of token t = exp of its logit ÷ the sum of exp of the logits of all tokens n'),
  },
  logitDirection: {
    build: () =>
      equation(
        sub(variable('ℓ'), token()),
        row(variable('x'), times(), sub(variable('u'), token())),
        plus(),
        at('b', 't'),
      ),
    reading: (t) => t('logit of token t = x · u_t + b_t; u_t is the token’s column of W^U'),
  },
});
