/** A run of the built-in model: its tokens, and the attention that Hugging Face transformers computed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { specialToken, tokenOf } from '../support/traceParts';
import { candidatesOf, DEFAULT_HEADS, planOf, seeded, type Fixture } from './fixture';

const MODEL = path.join('media', 'models', 'translate-en');

interface Header {
  readonly [tensor: string]: {
    readonly shape: readonly number[];
    readonly data_offsets: readonly [number, number];
  };
}

/** Which word each piece belongs to: “didn't” is one, and so is “L'animal”. */
const SOURCE_WORDS = [0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const OUTPUT_WORDS = [0, 0, 0, 1, 1, 1, 2, 3, 4, 5, 6, 7, 7, 7, 8, 9, 10, 11];

/** The animal that was too tired, with the attention Hugging Face transformers computed for it. */
export function referenceFixture(): Fixture {
  const text = "The animal didn't cross the street because it was too tired.";
  const pieces = [
    '▁The',
    '▁animal',
    '▁didn',
    "'",
    't',
    '▁cross',
    '▁the',
    '▁street',
    '▁because',
    '▁it',
    '▁was',
    '▁too',
    '▁tired',
    '.',
  ];
  const spans: [number, number][] = [];
  let at = 0;
  for (const piece of pieces) {
    const word = piece.replace('▁', '');
    at = text.indexOf(word, at);
    spans.push([at, at + word.length]);
    at += word.length;
  }
  const ids = [2914, 3535, 3002, 265, 331, 2990, 2891, 3850, 2905, 2898, 2901, 2921, 3337, 271];
  const source = [
    specialToken('>>fra<<', 3),
    ...pieces.map((piece, i) =>
      tokenOf(piece.replace('▁', ''), {
        piece,
        id: ids[i] ?? 0,
        span: spans[i] ?? null,
        word: SOURCE_WORDS[i] ?? null,
        part: 0,
      }),
    ),
    specialToken('</s>', 1),
  ];
  const written = [
    '▁L',
    "'",
    'animal',
    '▁n',
    "'",
    'a',
    '▁pas',
    '▁traversé',
    '▁la',
    '▁rue',
    '▁parce',
    '▁qu',
    "'",
    'il',
    '▁était',
    '▁trop',
    '▁fatigué',
    '.',
  ];
  const bytes = readFileSync(path.join(MODEL, 'expected.safetensors'));
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + headerLength)) as Header;
  const read = (name: string): number[][][] => {
    const entry = header[`s0/${name}`];
    if (entry === undefined) throw new Error(`no ${name} in the expected tensors`);
    const [, heads = 0, queries = 0, keys = 0] = entry.shape;
    const start = 8 + headerLength + entry.data_offsets[0];
    const number = (i: number): number => bytes.readFloatLE(start + 4 * i);
    return Array.from({ length: heads }, (_, head) =>
      Array.from({ length: queries }, (__, query) =>
        Array.from({ length: keys }, (___, key) => number((head * queries + query) * keys + key)),
      ),
    );
  };
  const layers = [0, 1, 2];
  const random = seeded(11);
  return {
    plan: planOf(text, source, 3, DEFAULT_HEADS, []),
    written: [
      ...written.map((piece, i) =>
        tokenOf(piece.replace('▁', ''), { piece, id: 2937 + i, word: OUTPUT_WORDS[i] ?? null }),
      ),
      specialToken('</s>', 1),
    ].map((token) => ({
      token,
      ...candidatesOf(token, random),
    })),
    attention: {
      encoder: layers.map((layer) => read(`encoder_attentions.${layer}`)),
      decoder: layers.map((layer) => read(`decoder_attentions.${layer}`)),
      cross: layers.map((layer) => read(`cross_attentions.${layer}`)),
    },
    output: "L'animal n'a pas traversé la rue parce qu'il était trop fatigué.",
  };
}
