/** What a run is to do: settled with the reader before it begins. */
import type * as vscode from 'vscode';
import type { ModelSummary } from '../../protocol/trace';
import { plainWriting, type Search, type Writing } from '../../protocol/writing';
import type { Tokenization } from '../../scoring/tokenization';
import type { ModelSource } from '../models/modelSource';

/** A file by its address and the name that people know it by. */
export interface NamedFile {
  readonly uri: vscode.Uri;
  readonly name: string;
}

export interface CorpusPlan {
  readonly source: NamedFile;
  /** `beside`: on the same line, behind a tab; null: only translate. */
  readonly references: NamedFile | 'beside' | null;
  readonly model: ModelSource;
  readonly summary: ModelSummary;
  /** Null: the model has no switch. */
  readonly language: string | null;
  /** What the checkpoint asks for; null: nothing that can be done. */
  readonly asked: Search | null;
  readonly search: Search;
  /** Null: as suits the references. */
  readonly tokenization: Tokenization | null;
}

/** As many beams as papers on translation take most often (Vaswani et al. 2017, section 6.1). */
export const USUAL_BEAMS = 4;

/** Beam search with the checkpoint's own options where it has any. */
export const beamSearch = (asked: Search | null): Search =>
  asked?.kind === 'beam'
    ? asked
    : { kind: 'beam', beams: USUAL_BEAMS, lengthPenalty: 1, earlyStopping: false };

/** Of the references' letters so many are Chinese ones, where they are in Chinese: names and numbers are not. */
const CHINESE_SHARE = 0.3;

/** What suits some references whose language nobody has named. */
export function suitedTokenization(references: readonly string[]): Tokenization {
  const text = references.join('');
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const chinese = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return letters > 0 && chinese / letters >= CHINESE_SHARE ? 'zh' : '13a';
}

export const writingOf = ({ search }: Pick<CorpusPlan, 'search'>): Writing => ({
  ...plainWriting,
  search,
});
