import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { Tokenizer } from '../../../src/tokens/tokenizer';
import { readTokenizerFiles } from '../../../src/tokens/tokenizerFiles';

const span = v.nullable(v.tuple([v.number(), v.number()]));
const rowSchema = v.object({
  text: v.string(),
  ids: v.array(v.number()),
  ids_with_special: v.array(v.number()),
  /** The project's own sets have it, the real ones do not. */
  tokens_with_special: v.optional(v.array(v.string())),
  /** Missing only where the ids are not the Rust library's. */
  spans_with_special: v.optional(v.array(span)),
  decoded: v.string(),
  /** Where `ids` come from another program: what the Rust library makes of tokenizer.json. */
  ids_tokenizer_json: v.optional(v.array(v.number())),
});
export type ReferenceRow = v.InferOutput<typeof rowSchema>;

/** A folder with a tokenizer and what the Rust tokenizers library made of its texts. */
export interface ReferenceSet {
  readonly name: string;
  readonly tokenizer: Tokenizer;
  readonly rows: readonly ReferenceRow[];
}

export function readTokenizer(folder: string): Tokenizer {
  const config = path.join(folder, 'tokenizer_config.json');
  return Tokenizer.fromFiles({
    folder,
    tokenizerJson: readFileSync(path.join(folder, 'tokenizer.json'), 'utf8'),
    tokenizerConfigJson: existsSync(config) ? readFileSync(config, 'utf8') : null,
  });
}

/** The same tokenizer without its tokenizer.json, of the vocabulary beside it. */
export async function readVocabulary(
  { name }: ReferenceSet,
  root: string,
  modelType: string,
): Promise<Tokenizer> {
  const folder = path.join(root, name);
  const names = readdirSync(folder).filter((file) => file !== 'tokenizer.json');
  const files = await readTokenizerFiles({
    path: folder,
    list: () => Promise.resolve(names),
    text: (file) =>
      Promise.resolve(names.includes(file) ? readFileSync(path.join(folder, file), 'utf8') : null),
  });
  return Tokenizer.fromFiles({ ...files, configJson: JSON.stringify({ model_type: modelType }) });
}

export function readSets(root: string): ReferenceSet[] {
  return readdirSync(root).map((name) => {
    const folder = path.join(root, name);
    const expected: unknown = JSON.parse(
      readFileSync(path.join(folder, 'expected_ids.json'), 'utf8'),
    );
    const { rows } = v.parse(v.object({ rows: v.array(rowSchema) }), expected);
    return { name, tokenizer: readTokenizer(folder), rows };
  });
}
