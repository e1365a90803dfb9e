import { Failure } from '../failure/failure';
import type { PostProcessorFile } from './tokenizerFile';

/** A special token that the post-processor puts around the text. */
export interface TemplateToken {
  readonly id: number;
  readonly piece: string;
}

/** What comes before and after the tokens of a text. */
export interface Template {
  readonly before: readonly TemplateToken[];
  readonly after: readonly TemplateToken[];
}

const nothing: Template = { before: [], after: [] };

export function templateOf(file: PostProcessorFile, folder: string): Template {
  switch (file.type) {
    case 'ByteLevel':
      return nothing;
    case 'BertProcessing':
    case 'RobertaProcessing':
      return { before: [named(file.cls)], after: [named(file.sep)] };
    case 'Sequence':
      // Each step wraps what the one before it made.
      return file.processors
        .map((step) => templateOf(step, folder))
        .reduce(
          (inner, outer) => ({
            before: [...outer.before, ...inner.before],
            after: [...inner.after, ...outer.after],
          }),
          nothing,
        );
    case 'TemplateProcessing': {
      const at = file.single.findIndex((item) => 'Sequence' in item);
      const items = file.single.map((item) =>
        'Sequence' in item ? [] : lookUp(item.SpecialToken.id),
      );
      if (at < 0 || file.single.filter((item) => 'Sequence' in item).length > 1)
        throw new Failure('tokenizer.invalid', {
          folder,
          reason: 'its template does not hold the text exactly once',
        });
      return { before: items.slice(0, at).flat(), after: items.slice(at).flat() };
    }
  }

  function lookUp(name: string): TemplateToken[] {
    const entry = file.type === 'TemplateProcessing' ? file.special_tokens[name] : undefined;
    if (!entry)
      throw new Failure('tokenizer.invalid', {
        folder,
        reason: `its template names ${name}, which it does not define`,
      });
    return entry.ids.map((id, index) => ({ id, piece: entry.tokens[index] ?? name }));
  }
}

const named = ([piece, id]: readonly [string, number]): TemplateToken => ({ id, piece });
