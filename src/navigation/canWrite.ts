import type { ModelSummary } from '../protocol/trace';

/** Whether a model can write a text: it says next tokens, as a decoder or from an encoder's output. */
export const canWrite = ({ architecture, task }: ModelSummary): boolean =>
  architecture !== 'encoder' && task === 'nextToken';
