import { visibleLabel } from '../../../src/navigation/labels';
import { embeddingFormula } from '../formula/modelFormulas';
import { fitsAll, type Chapter, type Step } from './chapter';
import { readingShape } from './modelFacts';
import { toHead } from './places';

export const tokensChapter: Chapter = {
  id: 'tokens',
  title: (t) => t('Tokens and embeddings'),
  about: (t) => t('What becomes of a text before any attention is paid.'),
  unfit: fitsAll,
  steps(lesson) {
    const { plan, t } = lesson;
    const { model, source } = plan;
    const special = source.find((token) => token.special);
    const count = source.length;
    const pieces: Step = {
      words:
        special === undefined
          ? t(
              'The model does not read letters or words but tokens, pieces of its vocabulary of {vocabulary}. Your text is {count} of them: the chips above.',
              { vocabulary: model.vocabulary, count },
            )
          : t(
              'The model does not read letters or words but tokens, pieces of its vocabulary of {vocabulary}. Your text is {count} of them, the chips above, among them {special}, added for the model’s own use.',
              { vocabulary: model.vocabulary, count, special: visibleLabel(special) },
            ),
      change: toHead(lesson, 'row'),
    };
    const merged: Step = {
      words: t(
        'A rare word falls into several tokens. Here the tokens of a word are shown as one: its row is the mean of theirs. The model itself knows tokens alone, so the next step goes back to them.',
      ),
      change: { unit: 'word', view: 'row' },
    };
    const table: Step = {
      words: t(
        'Each token is looked up in a table, the embedding: {width} numbers a token (d_model). The same token gets the same numbers, whatever stands around it.',
        { width: model.dModel },
      ),
      change: { unit: 'token', view: 'map' },
      formula: embeddingFormula(model),
      box: ['tokens'],
    };
    const factor: Step = {
      words: t(
        'The paper multiplies the embedding by √d_model, so that the position added to it does not drown it. Here the factor is left out and the model runs again: compare the lengths, and what becomes of the result.',
      ),
      change: {
        unit: 'token',
        view: 'whatIf',
        whatIf: { kind: 'embeddingUnscaled', side: 'source' },
      },
    };
    const onward: Step = {
      words: t(
        'From now on a token is a vector of {width} numbers. {layers} layers add to it, one after the other; whatever a token learns of its neighbours must fit into these numbers.',
        { width: model.dModel, layers: readingShape(model).layers },
      ),
      change: { unit: 'token', view: 'map' },
    };
    const paperLike = model.positionKind.kind === 'sinusoidal';
    return [pieces, merged, table, ...(paperLike ? [factor] : []), onward];
  },
};
