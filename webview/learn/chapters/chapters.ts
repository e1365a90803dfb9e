/** The chapters in the order of Attention Is All You Need, and where a reader stands in them. Pure. */
import type { Navigation, NavigationChange } from '../../../src/protocol/navigation';
import type { Chapter, Lesson, Step } from './chapter';
import { decoderChapter } from './decoderChapter';
import { feedForwardChapter } from './feedForwardChapter';
import { headsChapter } from './headsChapter';
import { maskChapter } from './maskChapter';
import { muteChapter } from './muteChapter';
import { outputChapter } from './outputChapter';
import { positionsChapter } from './positionsChapter';
import { queriesChapter } from './queriesChapter';
import { residualsChapter } from './residualsChapter';
import { scoresChapter } from './scoresChapter';
import { tokensChapter } from './tokensChapter';

export const chapters: readonly Chapter[] = [
  tokensChapter,
  positionsChapter,
  queriesChapter,
  scoresChapter,
  maskChapter,
  headsChapter,
  residualsChapter,
  feedForwardChapter,
  decoderChapter,
  outputChapter,
  muteChapter,
];

/** A step of a chapter, as the card shows it. */
export interface Standing {
  readonly chapter: Chapter;
  readonly steps: readonly Step[];
  readonly at: number;
  /** Why the loaded model has nothing to show; then there are no steps. */
  readonly unfit: string | null;
}

/** Where navigation stands; null: in no chapter, or in one that this version does not know. */
export function standingOf(lesson: Lesson): Standing | null {
  const { plan, t } = lesson;
  const kept = lesson.navigation.lesson;
  const chapter = chapters.find(({ id }) => id === kept?.chapter);
  if (kept === null || chapter === undefined) return null;
  const unfit = chapter.unfit(plan.model, t);
  const steps = unfit === null ? chapter.steps(lesson) : [];
  // Kept from another model, whose chapter was longer.
  return { chapter, steps, at: Math.max(0, Math.min(kept.step, steps.length - 1)), unfit };
}

/** The next chapter in which the loaded model has something to show. */
export function nextChapter({ plan, t }: Lesson, after: Chapter): Chapter | null {
  const rest = chapters.slice(chapters.indexOf(after) + 1);
  return rest.find(({ unfit }) => unfit(plan.model, t) === null) ?? null;
}

/** The move to a step of a chapter: its place in the lesson, and where its views look. */
export function stepTo(lesson: Lesson, chapter: Chapter, step: number): NavigationChange {
  const place: Navigation['lesson'] = { chapter: chapter.id, step };
  const unfit = chapter.unfit(lesson.plan.model, lesson.t) !== null;
  return { ...(unfit ? {} : chapter.steps(lesson)[step]?.change), lesson: place };
}
