import { Failure } from '../failure/failure';
import type { NamedDefaults, TokenName } from './specialTokens';
import type { TokenizerConfig } from './tokenizerConfig';
import type { AddedTokenFile } from './tokenizerFile';

/** A vocabulary without tokenizer.json, and what was found out about it. */
export interface VocabularyParts {
  readonly folder: string;
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly added: readonly AddedTokenFile[];
  readonly tokens: NamedDefaults;
  readonly config: TokenizerConfig;
}

/** A special token that the kind of tokenizer cannot do without. */
export function requireToken(
  { folder, vocabulary, added, tokens }: VocabularyParts,
  name: TokenName,
): [piece: string, id: number] {
  const piece = tokens[name]?.content;
  const id =
    piece === undefined
      ? undefined
      : (vocabulary.get(piece) ?? added.find(({ content }) => content === piece)?.id);
  if (piece !== undefined && id !== undefined) return [piece, id];
  const reason = `its ${name}${piece === undefined ? '' : ` ${piece}`} is not in its vocabulary`;
  throw new Failure('tokenizer.invalid', { folder, reason });
}
