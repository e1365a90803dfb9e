/**
 * Questions that an engine cannot answer from what a run left behind: the model runs again, perhaps
 * changed. They take their time: `progress` is told meanwhile, and `withdraw` ends them.
 */
import { streamStudy } from './stream';

export const studies = {
  stream: streamStudy,
} as const;

export type StudyName = keyof typeof studies;
