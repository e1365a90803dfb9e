// A reader with texts that a model of words has read.
import { Reader } from '../../../src/host/inspection/reader';
import type { Inspections } from '../../../src/host/inspection/inspections';
import { finished } from './fakeEngine';
import { empty, inDocument } from './inspecting';
import { wordPlan } from './wordFixture';

export interface ReadingTexts {
  readonly inspections: Inspections;
  readonly reader: Reader;
  /** Inspects a text to its end; its trace. */
  inspect(text: string): string;
}

export function readingTexts(): ReadingTexts {
  const { world, inspections } = empty();
  const reader = new Reader(inspections, () => 'relative');
  const inspect = (text: string): string => {
    const { trace } = inspections.inspect({ ...inDocument, text }).snapshot;
    world.port.says({ type: 'planned', trace, plan: wordPlan });
    const layer = { stack: 'encoder', layer: 0 } as const;
    world.port.says({ type: 'layer', trace, layer, milliseconds: 1 });
    world.port.says(finished(trace));
    return trace;
  };
  return { inspections, reader, inspect };
}
