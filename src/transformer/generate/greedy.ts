import { likeliest } from './chooser';
import type { GenerationOptions } from './generationOptions';
import type { StepModel, WritingTask } from './stepModel';
import { write, type WrittenStep } from './write';

/** Writes the likeliest token again and again, see `write`. */
export const greedy = (
  model: StepModel,
  task: WritingTask,
  options: GenerationOptions,
  onStep?: (step: WrittenStep) => void | Promise<void>,
): Promise<number[][]> => write(model, task, options, likeliest, onStep);
