// One model of every kind, and what a reader has to find of it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

export interface Kind {
  readonly model: string;
  /** Whose menu opens it: the folder itself, or a file in it. */
  readonly from: 'folder' | 'config.json' | 'model.safetensors';
  readonly text: string;
  /** Of the text, as it is shown. */
  readonly token: string;
  /** As the Models view writes it, a few of many. */
  readonly facts: readonly string[];
  readonly stacks: readonly string[];
  /** The head that is chosen at first. */
  readonly head: string;
  readonly direction: 'looks at' | 'looks back at';
  readonly positions: RegExp;
}

export const KINDS = {
  encoder: {
    model: 'masked-words',
    from: 'folder',
    text: 'We drank hot [MASK].',
    token: 'hot',
    facts: ['Family: bert', 'Architecture: encoder', 'Task: fills in masked tokens', 'Layers: 3'],
    stacks: ['Encoder'],
    head: 'E2·mean',
    direction: 'looks at',
    positions: /^Learned positions/,
  },
  classifier: {
    model: 'feelings',
    from: 'config.json',
    text: 'The concert was very strange.',
    token: 'concert',
    facts: ['Family: distilbert', 'Architecture: encoder', 'Task: labels a text', 'Layers: 2'],
    stacks: ['Encoder'],
    head: 'E1·mean',
    direction: 'looks at',
    positions: /^Learned positions/,
  },
  decoder: {
    model: 'stories-rotary',
    from: 'model.safetensors',
    text: 'Anna has a green book. Ben has a white drum. One day,',
    token: 'drum',
    facts: [
      'Family: llama',
      'Architecture: decoder',
      'Task: predicts the next token',
      'Heads of keys and values: 2',
    ],
    stacks: ['Decoder'],
    head: 'D2·mean',
    direction: 'looks back at',
    positions: /^Rotary positions/,
  },
  farLookingDecoder: {
    model: 'stories-alibi',
    from: 'folder',
    text: 'Mia has a red ball. Tom has a blue kite. Mia has a red',
    token: 'kite',
    facts: ['Family: bloom', 'Architecture: decoder', 'Task: predicts the next token'],
    stacks: ['Decoder'],
    head: 'D2·mean',
    direction: 'looks back at',
    positions: /^ALiBi/,
  },
  both: {
    model: 'copy-relative',
    from: 'folder',
    text: 'copy: moon fish river green star',
    token: 'fish',
    facts: ['Family: t5', 'Architecture: encoder and decoder', 'Task: writes a text'],
    stacks: ['Encoder', 'Decoder', 'Cross'],
    head: 'E1·mean',
    direction: 'looks at',
    positions: /Relative positions/,
  },
} as const satisfies Record<string, Kind>;

export const folderOf = ({ model }: Pick<Kind, 'model'>): string =>
  path.join('test', 'fixtures', 'models', model);

const candidates = v.array(v.object({ piece: v.string(), probability: v.number() }));
const expectedSchema = v.object({
  tolerance: v.number(),
  cases: v.array(
    v.object({
      text: v.string(),
      masks: v.optional(v.array(v.object({ candidates }))),
      probabilities: v.optional(v.array(v.number())),
      next: v.optional(candidates),
      output: v.optional(v.string()),
    }),
  ),
});
type Case = v.InferOutput<typeof expectedSchema>['cases'][number];

/** What the reference implementation says of the text; the file is written with the model. */
export function expectedOf(kind: Kind): Case & { readonly tolerance: number } {
  const file = path.join(folderOf(kind), 'expected.json');
  const { cases, tolerance } = v.parse(expectedSchema, JSON.parse(readFileSync(file, 'utf8')));
  const found = cases.find(({ text }) => text === kind.text);
  if (found === undefined) throw new Error(`${file} has no “${kind.text}”.`);
  return { ...found, tolerance };
}
