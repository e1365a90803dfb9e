/** Runs of models that are but an encoder, or but a decoder, on texts with awkward tokens. */
import type { ModelSummary, Plan, Prediction, Token } from '../../src/protocol/trace';
import { modelOf, planWith, specialToken, tokenOf } from '../support/traceParts';
import { patterns, seeded, type Fixture } from './fixture';

/** A piece with the characters it stands for. */
interface Part {
  readonly piece: string;
  readonly characters: string;
}

/** Lays pieces over a text, in order; a piece whose characters are those of the last shares its span. */
function tokensOver(
  text: string,
  parts: readonly Part[],
  inside: (piece: string) => boolean,
  rest: { readonly part: 0 | 1; readonly word: number; readonly id: number },
): Token[] {
  let end = 0;
  let word = rest.word - 1;
  let last: [number, number] = [0, 0];
  return parts.map(({ piece, characters }, i) => {
    const again = i > 0 && inside(piece) && text.slice(...last) === characters;
    const start = again ? last[0] : text.indexOf(characters, end);
    const span: [number, number] = [start, start + characters.length];
    if (i === 0 || !inside(piece)) word++;
    last = span;
    end = span[1];
    return tokenOf(characters, { piece, id: rest.id + i, span, word, part: rest.part });
  });
}

const pieceOfBert = (piece: string): Part => ({ piece, characters: piece.replace('##', '') });
const goesOnInBert = (piece: string): boolean => piece.startsWith('##');

function fixtureOf(
  architecture: 'encoder' | 'decoder',
  model: Partial<ModelSummary>,
  plan: Pick<Plan, 'text' | 'source'> & Partial<Plan>,
  prediction?: Prediction,
): Fixture {
  const random = seeded(31);
  const [layers, heads] = [3, 4];
  const count = plan.source.length;
  const own = Array.from({ length: layers }, () =>
    Array.from({ length: heads }, () => patterns(random, count, count, architecture === 'decoder')),
  );
  const sizes = (size: number): ModelSummary['layers'] => ({
    encoder: architecture === 'encoder' ? size : 0,
    decoder: architecture === 'decoder' ? size : 0,
  });
  return {
    plan: planWith({
      model: modelOf({
        architecture,
        positionKind: { kind: 'learned' },
        layers: sizes(layers),
        heads: sizes(heads),
        keyValueHeads: sizes(heads),
        dFeedForward: sizes(1024),
        positions: 512,
        ...model,
      }),
      ...plan,
    }),
    written: [],
    attention: {
      encoder: architecture === 'encoder' ? own : [],
      decoder: architecture === 'decoder' ? own : [],
      cross: [],
    },
    output: '',
    ...(prediction === undefined ? {} : { prediction }),
  };
}

/** A BERT that guesses a word: “[CLS] the un ##believ ##able animal [MASK] cross . [SEP]”. */
export function maskedFixture(): Fixture {
  const text = 'the unbelievable animal [MASK] cross.';
  const pieces = ['the', 'un', '##believ', '##able', 'animal', '[MASK]', 'cross', '.'];
  const words = tokensOver(text, pieces.map(pieceOfBert), goesOnInBert, {
    part: 0,
    word: 0,
    id: 1000,
  }).map((token) => (token.piece === '[MASK]' ? { ...token, special: true, word: null } : token));
  const source = [specialToken('[CLS]', 101), ...words, specialToken('[SEP]', 102)];
  return fixtureOf(
    'encoder',
    {
      name: 'bert-tiny',
      modelType: 'bert',
      className: 'BertForMaskedLM',
      task: 'maskedToken',
      maskToken: '[MASK]',
      unusedTensors: { names: ['bert.pooler.dense.weight', 'bert.pooler.dense.bias'], count: 2 },
    },
    { text, source },
    { task: 'maskedToken', masks: [6] },
  );
}

/** A BERT that finds an answer: a question and a passage in one text. */
export function pairFixture(): Fixture {
  const [text, pair] = ['who crossed?', 'the animal crossed the street.'];
  const question = tokensOver(text, ['who', 'cross', '##ed', '?'].map(pieceOfBert), goesOnInBert, {
    part: 0,
    word: 0,
    id: 2000,
  });
  const passage = tokensOver(
    pair,
    ['the', 'animal', 'cross', '##ed', 'the', 'street', '.'].map(pieceOfBert),
    goesOnInBert,
    { part: 1, word: 3, id: 3000 },
  );
  const separator = specialToken('[SEP]', 102);
  const source = [specialToken('[CLS]', 101), ...question, separator, ...passage, separator];
  return fixtureOf(
    'encoder',
    {
      name: 'bert-qa',
      modelType: 'bert',
      className: 'BertForQuestionAnswering',
      task: 'answerSpan',
    },
    { text, pair, source },
    {
      task: 'answerSpan',
      answers: [{ first: 6, last: 7, text: 'the animal', probability: 0.81 }],
      starts: source.map((_, i) => (i === 6 ? 0.9 : 0.1 / (source.length - 1))),
      ends: source.map((_, i) => (i === 7 ? 0.9 : 0.1 / (source.length - 1))),
    },
  );
}

/** A GPT-2 on “The 🐱 sat unbelievably still.”: the cat is four tokens, one word three. */
/** @param window keys that a query of each layer sees */
export function decoderFixture(window: number | null = null): Fixture {
  const text = 'The 🐱 sat unbelievably still.';
  const parts: Part[] = [
    { piece: 'The', characters: 'The' },
    { piece: 'Ġ', characters: ' ' },
    ...['ð', 'Ł', 'Ĳ', '±'].map((piece) => ({ piece, characters: '🐱' })),
    { piece: 'Ġsat', characters: ' sat' },
    { piece: 'Ġunbel', characters: ' unbel' },
    { piece: 'iev', characters: 'iev' },
    { piece: 'ably', characters: 'ably' },
    { piece: 'Ġstill', characters: ' still' },
    { piece: '.', characters: '.' },
  ];
  const goesOn = (piece: string): boolean => !piece.startsWith('Ġ') && piece !== '.';
  const source = tokensOver(text, parts, goesOn, { part: 0, word: 0, id: 464 });
  return fixtureOf(
    'decoder',
    {
      ...{ name: 'gpt2-tiny', modelType: 'gpt2', className: 'GPT2LMHeadModel', task: 'nextToken' },
      windows: [window, window, window],
    },
    { text, source },
    { task: 'nextToken' },
  );
}
