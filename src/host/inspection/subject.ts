import type { ModelSource } from '../models/modelSource';

/** Where a text stands in a document, to find its characters again. */
export interface Place {
  readonly uri: string;
  /** Position of the text's first character. */
  readonly line: number;
  readonly character: number;
}

/** What a reader wants to look into: a text and the model that shall read it. */
export interface Subject {
  readonly text: string;
  /** Null for a text that came from no document. */
  readonly place: Place | null;
  /** For the panel's header: file name and line. */
  readonly origin: string;
  readonly model: ModelSource;
  readonly language: string | null;
}
