import type { Writing } from '../../protocol/writing';
import type { ModelSource } from '../models/modelSource';

/** Where a text stands in a document, to find its characters again. */
export interface Place {
  readonly uri: string;
  /** Position of the text's first character. */
  readonly line: number;
  readonly character: number;
}

/** The second of two texts that are read together: what a question is asked about. */
export interface PairedText {
  readonly text: string;
  /** In the document of the first. Null for a text that came from no document. */
  readonly place: Place | null;
}

/** What a reader wants to look into: a text and the model that shall read it. */
export interface Subject {
  readonly text: string;
  /** Null for a text that came from no document. */
  readonly place: Place | null;
  /** Null: one text. */
  readonly pair: PairedText | null;
  /** For the panel's header: file name and line. */
  readonly origin: string;
  readonly model: ModelSource;
  readonly language: string | null;
  /** How the model is to write from the text; null: as it does by itself. */
  readonly writing: Writing | null;
}

/** Characters of what is read, both texts of a pair. */
export const charactersOf = ({ text, pair }: Pick<Subject, 'text' | 'pair'>): number =>
  text.length + (pair?.text.length ?? 0);

/** Whether two subjects are the same words, wherever they stand. */
export const sameTexts = (
  a: Pick<Subject, 'text' | 'pair'>,
  b: Pick<Subject, 'text' | 'pair'>,
): boolean => a.text === b.text && a.pair?.text === b.pair?.text;

export const sameWriting = (
  { writing: a }: Pick<Subject, 'writing'>,
  { writing: b }: Pick<Subject, 'writing'>,
): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether what a model writes from one can be compared with what it writes from the other, token by token. */
export const sameSource = (a: Subject, b: Subject): boolean =>
  sameTexts(a, b) && a.language === b.language && a.model.folder === b.model.folder;

/**
 * A subject of which something is different now. How it is written on stays, unless that is what
 * changes; but tokens that an output was to begin with were those of the text before.
 */
export function changedSubject(subject: Subject, change: Partial<Subject>): Subject {
  const after = { ...subject, ...change };
  const { writing } = after;
  if (writing === null || change.writing !== undefined || sameSource(subject, after)) return after;
  const { begin, further } = writing;
  if (begin.ids.length === 0) return after;
  return {
    ...after,
    writing: {
      ...writing,
      begin: { ids: [], text: begin.text },
      further: further || begin.text === null,
    },
  };
}
