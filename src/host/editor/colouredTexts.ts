import type { ColourScaleChoice } from '../../protocol/readerState';
import type { Inspection } from '../inspection/inspection';
import type { ChosenRow } from '../inspection/rows';
import type { Signal } from '../signal';
import type { Stroke } from './brush';
import type { ColourSurface } from './colourSurface';

/** How strong colours are, and how many of them there may be. */
export interface ColourLimits {
  readonly scale: ColourScaleChoice;
  /** Most spans of all strokes together. */
  readonly limit: number;
}

/** Texts in documents that belong to inspections: what was inspected, or what the model wrote of it. */
export interface ColouredTexts {
  /** The URI of a document in which such a text came, went or moved. */
  readonly changed: Signal<string>;
  /** The inspection that a document shows the colours of; null: none. */
  inspectionIn(uri: string): Inspection | null;
  /** Whether the row that the reader stands on is about the text there. */
  asksRow(uri: string, inspection: Inspection): boolean;
  /** What the inspection looks like there; null: its text has gone meanwhile. */
  strokes(
    surface: Pick<ColourSurface, 'uri' | 'visible' | 'selected'>,
    inspection: Inspection,
    row: ChosenRow | null,
    limits: ColourLimits,
  ): readonly Stroke[] | null;
  /** Whether a reader types there; else nobody does, and colours come at once with the text. */
  isTyped(uri: string): boolean;
}
