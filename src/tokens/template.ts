import { Failure } from '../failure/failure';
import type { PostProcessorFile, TemplateFile } from './tokenizerFile';

/** A special token that the post-processor puts around the text. */
export interface TemplateToken {
  readonly id: number;
  readonly piece: string;
}

/** Which of two texts: the first, or the one paired with it. */
export type Part = 0 | 1;

/** A place in a template: a whole text, or one special token. `typeId` is what BERT calls a segment. */
export type TemplateItem =
  | { readonly part: Part; readonly typeId: number }
  | { readonly token: TemplateToken; readonly typeId: number };

/**
 * Which byte-level tokens leave the spaces they begin with out of their spans: none, all, or all but
 * one at the very beginning, whose space may have been put there.
 */
export type Trims = 'none' | 'all' | 'notFirst';

/** What stands in which order for one text and for two. */
export interface Template {
  readonly single: readonly TemplateItem[];
  /** Null if the tokenizer cannot join two texts. */
  readonly pair: readonly TemplateItem[] | null;
  readonly trims: Trims;
}

/** Texts as they go through a row of processors; each may wrap or join what the one before it made. */
type Groups = readonly (readonly TemplateItem[])[];

const first: TemplateItem = { part: 0, typeId: 0 };
const second: TemplateItem = { part: 1, typeId: 1 };

/** Without a post-processor two texts simply follow each other. */
export const bareTemplate: Template = { single: [first], pair: [first, second], trims: 'none' };

export function templateOf(file: PostProcessorFile, folder: string): Template {
  const single = arrange(file, [[first]], folder);
  if (single === null) throw notOnce(folder);
  return {
    single: single.flat(),
    pair: arrange(file, [[first], [second]], folder)?.flat() ?? null,
    trims: trims(file),
  };
}

function trims(file: PostProcessorFile): Trims {
  if (file.type === 'Sequence')
    return file.processors.map(trims).find((found) => found !== 'none') ?? 'none';
  if (file.type !== 'ByteLevel' && file.type !== 'RobertaProcessing') return 'none';
  if (file.trim_offsets === false) return 'none';
  return file.add_prefix_space === false ? 'all' : 'notFirst';
}

function arrange(file: PostProcessorFile, groups: Groups, folder: string): Groups | null {
  switch (file.type) {
    case 'ByteLevel':
      return groups;
    case 'BertProcessing':
      return groups.map((items, index) => {
        const typeId = index === 0 ? 0 : 1;
        const sep = { token: named(file.sep), typeId };
        return index === 0 ? [{ token: named(file.cls), typeId }, ...items, sep] : [...items, sep];
      });
    case 'RobertaProcessing':
      // One segment only, and a separator on either side of the second text.
      return groups.map((items, index) => [
        { token: named(index === 0 ? file.cls : file.sep), typeId: 0 },
        ...items.map((item) => ({ ...item, typeId: 0 })),
        { token: named(file.sep), typeId: 0 },
      ]);
    case 'Sequence':
      return file.processors.reduce<Groups | null>(
        (made, step) => made && arrange(step, made, folder),
        groups,
      );
    case 'TemplateProcessing':
      return fill(file, groups, folder);
  }
}

function fill(file: TemplateFile, groups: Groups, folder: string): Groups | null {
  const places = groups.length === 1 ? file.single : groups.length === 2 ? file.pair : null;
  if (!places) return null;
  const used = places.flatMap((place) => ('Sequence' in place ? [place.Sequence.id] : []));
  if (used.toSorted().join() !== (groups.length === 1 ? 'A' : 'A,B')) throw notOnce(folder);
  return places.map((place) => {
    if ('SpecialToken' in place)
      return lookUp(place.SpecialToken.id).map((token) => ({
        token,
        typeId: place.SpecialToken.type_id,
      }));
    const { id, type_id: typeId } = place.Sequence;
    return (groups[id === 'A' ? 0 : 1] ?? []).map((item) => ({ ...item, typeId }));
  });

  function lookUp(name: string): TemplateToken[] {
    const entry = Object.hasOwn(file.special_tokens, name) ? file.special_tokens[name] : undefined;
    if (!entry)
      throw new Failure('tokenizer.invalid', {
        folder,
        reason: `its template names ${name}, which it does not define`,
      });
    return entry.ids.map((id, index) => ({ id, piece: entry.tokens[index] ?? name }));
  }
}

const named = ([piece, id]: readonly [string, number]): TemplateToken => ({ id, piece });

const notOnce = (folder: string): Failure =>
  new Failure('tokenizer.invalid', {
    folder,
    reason: 'its template does not hold every text exactly once',
  });
