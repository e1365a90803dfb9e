/** Tells screen readers the milestones of a run, and only these: not every layer, not every token. */
import { describeFailure, type Translate } from '../../src/language/translate';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { linkWords } from './documentLink';
import { element, setText } from '../parts/element';
import { encoderLayersDone } from '../../src/navigation/traceState';
import type { Part } from './view';

function milestone(
  { plan, outcome, failure, output, ...rest }: TraceSnapshot,
  t: Translate,
): string {
  if (outcome === 'complete') return t('Complete. Output: {output}', { output });
  if (outcome === 'cancelled') return t('Cancelled.');
  if (outcome === 'failed') return failure === null ? t('Failed') : describeFailure(failure, t);
  if (plan === null) return t('Loading the model.');
  const encoded =
    encoderLayersDone({ plan, outcome, failure, output, ...rest }) === plan.model.layers.encoder;
  if (encoded) return t('The text is read; the output is being written.');
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
