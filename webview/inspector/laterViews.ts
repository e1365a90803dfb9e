/**
 * What is not there from the beginning: one part of the page's script, loaded when the first of these
 * is shown, so that a reader's first picture does not wait for the theory (and its charts).
 */
import type { Translate } from '../../src/language/translate';
import { ComparePanel } from '../compare/comparePanel';
import { FilmPanel } from '../film/filmPanel';
import { HeadsPanel } from '../heads/headsPanel';
import { LearnPanel } from '../learn/learnPanel';
import { LessonCard } from '../learn/lessonCard';
import { MapPanel } from '../map/mapPanel';
import { PositionsPanel } from '../positions/positionsPanel';
import { PredictionPanel } from '../prediction/predictionPanel';
import { StepsPanel } from '../steps/stepsPanel';
import { TourPanel } from '../tour/tourPanel';
import { WhatIfPanel } from '../whatIf/whatIfPanel';
import type { Commands, Part } from './view';

type LaterView = new (t: Translate, commands: Commands) => Part;

export const laterViews = {
  positions: PositionsPanel,
  prediction: PredictionPanel,
  film: FilmPanel,
  compare: ComparePanel,
  steps: StepsPanel,
  heads: HeadsPanel,
  whatIf: WhatIfPanel,
  map: MapPanel,
  tour: TourPanel,
  learn: LearnPanel,
  lesson: LessonCard,
} satisfies Readonly<Record<string, LaterView>>;
