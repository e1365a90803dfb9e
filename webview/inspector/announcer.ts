/** Tells screen readers the milestones of a run, and only these: not every layer, not every token. */
import { describeFailure, type Translate } from '../../src/language/translate';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { linkWords } from './documentLink';
import { element, setText } from '../parts/element';
import { layerCount, layersDone, readingStack } from '../../src/navigation/traceState';
import type { Part } from './view';

function milestone(snapshot: TraceSnapshot, t: Translate): string {
  const { plan, outcome, failure, output, previewed } = snapshot;
  const writes = plan !== null && plan.writing !== null;
  if (outcome === 'complete')
    return writes ? t('Complete. Output: {output}', { output }) : t('Complete.');
  if (outcome === 'cancelled') return t('Cancelled.');
  if (outcome === 'failed') return failure === null ? t('Failed') : describeFailure(failure, t);
  if (plan === null) return t('Loading the model.');
  if (previewed !== null && previewed.approximate.length > 0)
    return t('Approximate numbers (8-bit preview) are shown; the exact ones follow.');
  if (layersDone(snapshot) === layerCount(plan, readingStack(plan)))
    return writes ? t('The text is read; the output is being written.') : t('The text is read.');
  return t('{count} tokens; the text is being read.', { count: plan.source.length });
}

export function createAnnouncer(t: Translate): Part {
  const root = element('div', {
    class: 'hidden-visually',
    attributes: { role: 'status', 'aria-live': 'polite' },
  });
  return {
    root,
    update({ snapshot, reader }) {
      const told = snapshot.outcome === 'complete' ? linkWords(reader.link, t) : null;
      setText(root, told ?? milestone(snapshot, t));
    },
  };
}
