/** What a change does and what to look for, before any number is known. */
import type { Translate } from '../../src/language/translate';
import type { Change } from '../../src/protocol/change';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { FormulaName } from '../learn/formula/formulas';

export function changeMeaning(change: Change, { plan }: TraceSnapshot, t: Translate): string {
  const width = plan?.model.headWidth ?? 0;
  switch (change.kind) {
    case 'scoreFunction':
      return scoreMeaning(change.function, width, t);
    case 'unmasked':
      return t(
        'Section 3.2.3 hides later tokens, which a decoder is to predict. Look for weight to the right of the diagonal. The model was never trained to see it, so its output may get worse, not better.',
      );
    case 'positionsOff':
      return t(
        'Attention by itself does not know the order of its keys. Look for equal tokens: where nothing tells them apart, their rows are the same.',
      );
    case 'positionsShifted':
      return t(
        'Where a vector is added for each place, all tokens get other ones. Rotary positions, ALiBi and relative bias depend on distances alone.',
      );
    case 'positionsSwapped':
      return t(
        'Each keeps its own meaning and gets the other’s place. Look at heads that go by place, such as the token before.',
      );
    case 'embeddingUnscaled':
      return t(
        'Section 3.4 multiplies embeddings by √d_model before positions are added. Compare the lengths of the two below.',
      );
    case 'otherQuery':
      return t(
        'The weights move; what they weigh does not. Keys and values of the layer stay as they are.',
      );
    case 'muted':
      return t(
        'What these heads found is left out: their part of the concatenation is 0, as if their rows of W_O were. Their weights are still computed.',
      );
    case 'soloed':
      return t(
        'All other heads of the layer add nothing. How much of the output does one head carry?',
      );
    case 'residualCut':
      return t(
        'What the sub-layer adds goes on alone; what was in the stream before is lost there. The residual stream in the Map shows how little of the token is left.',
      );
  }
}

function scoreMeaning(
  kind: Extract<Change, { kind: 'scoreFunction' }>['function'],
  width: number,
  t: Translate,
): string {
  switch (kind) {
    case 'dot':
      return t(
        'Section 3.2.1: if the {width} components of q and k were independent with mean 0 and variance 1, q · k would have variance d_k = {width}, and the softmax’s gradient would become extremely small. Below is what is measured here.',
        { width },
      );
    case 'cosine':
      return t(
        'q · k ÷ ‖q‖‖k‖ lies between −1 and 1, so no key can get more than e² ≈ 7.4 times the weight of another (position bias aside). The model was trained with the scaled dot product: this is no verdict on the cosine.',
      );
    case 'additive':
      return t(
        'Additive attention (Bahdanau et al. 2015) has parameters W₁, W₂ and v. This checkpoint has none, so W₁ = W₂ = I and v = (1, …, 1) ÷ √d_k. The model was not trained that way: this is no verdict on addition.',
      );
  }
}

/** What is computed instead. */
export function changedFormula(change: Change): FormulaName | null {
  switch (change.kind) {
    case 'scoreFunction':
      return ({ dot: 'dotScore', cosine: 'cosineScore', additive: 'additiveScore' } as const)[
        change.function
      ];
    case 'embeddingUnscaled':
      return 'embeddingUnscaled';
    default:
      return null;
  }
}
