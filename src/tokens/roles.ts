import type { TemplateToken } from './template';
import type { TokenizerFile } from './tokenizerFile';

/** The parts that special tokens play, as transformers names them. */
export const ROLES = ['mask', 'pad', 'unk', 'cls', 'sep', 'bos', 'eos'] as const;
export type Role = (typeof ROLES)[number];

/** The id of each role's token; null where a tokenizer has none, or none that is known. */
export type Roles = Readonly<Record<Role, number | null>>;

/** On which side short texts of a batch are filled up. */
export type PadSide = 'left' | 'right';

/** Pieces that play a part in every tokenizer that has them as special tokens. */
const WELL_KNOWN: Readonly<Record<Role, readonly string[]>> = {
  mask: ['[MASK]', '<mask>'],
  pad: ['[PAD]', '<pad>'],
  unk: ['[UNK]', '<unk>'],
  cls: ['[CLS]'],
  sep: ['[SEP]'],
  bos: ['<s>', '<bos>', '[BOS]', '<|begin_of_text|>'],
  eos: ['</s>', '<eos>', '[EOS]', '<|end_of_text|>', '<|endoftext|>'],
};

/** What a file says about roles: the piece of each. */
export type NamedRoles = Readonly<Partial<Record<Role, string | undefined>>>;

/**
 * `named` holds what the model's files say, the most reliable first; for what they leave open, the
 * well-known pieces among the special tokens count. A name that is not in the vocabulary is nobody's.
 */
export function rolesOf(
  named: readonly NamedRoles[],
  idOf: (piece: string) => number | undefined,
  specials: readonly TemplateToken[],
): Roles {
  const known = new Map(specials.map(({ id, piece }) => [piece, id]));
  const role = (name: Role): number | null => {
    for (const { [name]: piece } of named) {
      const own = piece === undefined ? undefined : idOf(piece);
      if (own !== undefined) return own;
    }
    const usual = WELL_KNOWN[name].find((one) => known.has(one));
    return (usual === undefined ? undefined : known.get(usual)) ?? null;
  };
  return {
    mask: role('mask'),
    pad: role('pad'),
    unk: role('unk'),
    cls: role('cls'),
    sep: role('sep'),
    bos: role('bos'),
    eos: role('eos'),
  };
}

/** What tokenizer.json itself says: its model names the unknown token, older templates `cls` and `sep`. */
export function rolesInFile({ model, post_processor }: TokenizerFile): NamedRoles {
  const unk =
    model.type === 'Unigram'
      ? model.vocab[model.unk_id ?? -1]?.[0]
      : (model.unk_token ?? undefined);
  const ends = post_processor && 'cls' in post_processor ? post_processor : null;
  return {
    unk,
    cls: ends?.cls[0],
    sep: ends?.sep[0],
  };
}
