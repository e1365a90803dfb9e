import { Failure } from '../../failure/failure';
import type { ModelSummary } from '../../protocol/trace';

/** Whether a model writes a text of its own, unasked: an encoder–decoder that says next tokens. */
export const writesOutput = ({ architecture, task }: ModelSummary): boolean =>
  architecture === 'encoderDecoder' && task === 'nextToken';

/** That a model can be asked to: what says next tokens can say them one after another. @throws Failure `writing.noOutput` */
export function checkWrites({ architecture, task, name }: ModelSummary): void {
  if (architecture === 'encoder' || task !== 'nextToken')
    throw new Failure('writing.noOutput', { model: name });
}
