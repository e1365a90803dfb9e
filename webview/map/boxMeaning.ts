/** What a box does, in a sentence or two, true of the loaded model. Pure. */
import type { Translate } from '../../src/language/translate';
import type { Positions } from '../../src/protocol/trace';
import type { MapBox } from './boxes';
import type { MapSight } from './mapSight';

export function boxMeaning(box: MapBox, sight: MapSight, t: Translate): string {
  const { model, structure, whole } = sight;
  const stack = structure[box.half];
  switch (box.kind) {
    case 'tokens':
      return [
        t(
          'Each token is looked up in a table: one row of numbers for each entry of the vocabulary.',
        ),
        stack === null || stack.embedding.scale === 1
          ? ''
          : t('The row is multiplied by {scale}, the square root of {square}.', {
              scale: Number(stack.embedding.scale.toFixed(3)),
              square: whole(Math.round(stack.embedding.scale ** 2)),
            }),
        structure.sharedEmbeddings ? t('Encoder and decoder read the same table.') : '',
      ]
        .filter((words) => words !== '')
        .join(' ');
    case 'projection':
      return t('A linear map brings the rows of the table to the width of the stream.');
    case 'types':
      return t('A vector for the first text or the second is added to each token.');
    case 'positions':
      return positionsMeaning(model.positionKind, t);
    case 'embeddingSum':
      return t('The vectors are added, number by number: what leaves here is the residual stream.');
    case 'embeddingNorm':
      return t('The sum is normalised before the first block reads it.');
    case 'norm':
      return model.normPlacement === 'parallel' && stack?.sharesNorm === true
        ? t('Normalises what both sub-layers read. The stream itself goes past, as it is.')
        : t('Normalises what the sub-layer reads. The stream itself goes past, as it is.');
    case 'attention':
      return box.half === 'decoder'
        ? t(
            'Each token gathers from itself and the tokens before it; the mask hides what comes later.',
          )
        : t('Each token gathers from all tokens of the text, itself included.');
    case 'cross':
      return t(
        'Each output token asks; keys and values are made of the encoder’s output. Here the text comes into what is written.',
      );
    case 'feedForward':
      return t(
        'Two linear maps with a non-linearity ({activation}) between them: the same weights at every position, no token sees another.',
        { activation: model.activation },
      );
    case 'add':
      return model.normPlacement === 'parallel'
        ? t('What both sub-layers made of the same stream is added to it.')
        : t(
            'What the sub-layer made is added to the stream. Nothing in between ever normalises it.',
          );
    case 'addNorm':
      return t(
        'What the sub-layer made is added to what it read, then the sum is normalised: the stream leaves each sub-layer at a length of its own making.',
      );
    case 'finalNorm':
      return t('The stream is normalised once more, after the last block.');
    case 'outProjection':
      return t('A linear map brings the stream to the width of the token table.');
    default:
      return headMeaning(box, sight, t);
  }
}

function headMeaning(
  { kind }: MapBox,
  { structure, model, whole }: MapSight,
  t: Translate,
): string {
  const { head } = structure;
  switch (kind) {
    case 'transform':
      return head?.reads === 'first'
        ? t(
            'Reads the first token alone, for the whole text: the others reach it only through attention.',
          )
        : t('A dense layer with a non-linearity, at every position.');
    case 'linear':
      return [
        head?.reads === 'first' && head.transform === null
          ? t(
              'Reads the first token alone, for the whole text: the others reach it only through attention.',
            )
          : '',
        t('A linear map gives {count} numbers, the logits.', { count: whole(head?.outputs ?? 0) }),
        head?.tied === true ? t('Its matrix is the token table again, transposed.') : '',
      ]
        .filter((words) => words !== '')
        .join(' ');
    case 'probabilities':
      if (head?.probabilities === 'sigmoid')
        return t('Each logit becomes a probability by itself.');
      return model.task === 'answerSpan'
        ? t(
            'The logits of all positions become probabilities that sum to 1: where the answer begins, and where it ends.',
          )
        : t('The logits become probabilities that sum to 1.');
    case 'choice':
      return model.task === 'nextToken' && model.architecture === 'encoderDecoder'
        ? t(
            'The most probable token is written (or a beam of the best few followed), and read again as the next input.',
          )
        : t('The most probable answer is what the model says.');
    default:
      return '';
  }
}

function positionsMeaning({ kind }: Positions, t: Translate): string {
  switch (kind) {
    case 'sinusoidal':
      return t(
        'Sines and cosines of the position are added: without them the order of tokens would be unknown.',
      );
    case 'learned':
      return t(
        'A trained vector for each position is added: without it the order of tokens would be unknown.',
      );
    case 'rotary':
      return t(
        'Queries and keys are turned by angles that grow with the position; the stream itself is not told any.',
      );
    case 'alibi':
      return t(
        'Each score is lowered by the distance between query and key; the stream itself is not told any position.',
      );
    case 'relativeBias':
      return t(
        'A learned number for the distance between query and key is added to each score; the stream itself is not told any position.',
      );
  }
}
