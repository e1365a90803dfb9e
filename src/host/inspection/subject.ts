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
}

/** Characters of what is read, both texts of a pair. */
export const charactersOf = ({ text, pair }: Pick<Subject, 'text' | 'pair'>): number =>
  text.length + (pair?.text.length ?? 0);

/** Whether two subjects are the same words, wherever they stand. */
export const sameTexts = (
  a: Pick<Subject, 'text' | 'pair'>,
  b: Pick<Subject, 'text' | 'pair'>,
): boolean => a.text === b.text && a.pair?.text === b.pair?.text;
