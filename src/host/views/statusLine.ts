/** What the status bar says of the current inspection. Pure. */
import { describeFailure, type Translate } from '../../language/translate';
import { approximateWords, isApproximate, marked } from '../../navigation/approximate';
import { visibleLabel } from '../../navigation/labels';
import { shortName } from '../../navigation/names';
import { layerCount, listedOf, readingStack } from '../../navigation/traceState';
import type { TraceSnapshot } from '../../protocol/traceSnapshot';
import { layerWords } from '../heads/headChoices';
import { isRunning, type Inspection } from '../inspection/inspection';
import { quoted } from '../quoted';

export interface StatusLine {
  /** With `$(icon)`s. */
  readonly text: string;
  readonly tooltip: string;
  /** For a screen reader. */
  readonly label: string;
  /** What a click does. */
  readonly command:
    | 'headlight.cancel'
    | 'headlight.goToHead'
    | 'headlight.inspectAgain'
    | 'headlight.chooseModel';
}

/** Nothing is inspected: the model that would read. */
export function readyLine(model: string, t: Translate): StatusLine {
  const words = t('{model} reads what you inspect. Click to choose another model.', { model });
  return {
    text: `$(lightbulb) ${model}`,
    tooltip: words,
    label: words,
    command: 'headlight.chooseModel',
  };
}

/** `model`: its name as long as no run has told it. */
export function statusLine(inspection: Inspection, model: string, t: Translate): StatusLine {
  const { snapshot, navigation, link } = inspection;
  const approximate = isApproximate(navigation, snapshot);
  const mark = approximate ? [approximateWords(t)] : [];
  if (isRunning(inspection)) {
    const words = progressWords(snapshot, t);
    const cancel = t('Cancel this inspection');
    return {
      text: `$(loading~spin) ${[words, ...mark].join(' · ')}`,
      tooltip: [...mark, cancel].join('\n'),
      label: [words, ...mark].join('. '),
      command: 'headlight.cancel',
    };
  }
  const name = snapshot.plan?.model.name ?? model;
  // Of a run that was cancelled before it had a plan there is nothing to go to either.
  const nothing = snapshot.outcome === 'failed' || snapshot.plan === null;
  if (nothing && snapshot.failure !== null) {
    const why = describeFailure(snapshot.failure, t);
    return {
      text: `$(warning) ${name}`,
      tooltip: `${why}\n${t('Click to inspect the text again.')}`,
      label: t('{name}: {failure}', { name, failure: why }),
      command: 'headlight.inspectAgain',
    };
  }
  const place = marked(`${name} · ${shortName(navigation, t)}`, approximate);
  if (link === 'stale') {
    const words = t('The text was edited since. Click to inspect it again.');
    return {
      text: `$(refresh) ${place}`,
      tooltip: words,
      label: `${place}. ${words}`,
      command: 'headlight.inspectAgain',
    };
  }
  const facts = [...mark, ...factsOf(inspection, t)];
  return {
    text: `$(lightbulb) ${place}`,
    tooltip: [...facts, '', t('Click to go to another head.')].join('\n'),
    label: [place, ...facts].join('. '),
    command: 'headlight.goToHead',
  };
}

/** Where the reader stands, one fact a line. */
function factsOf({ subject, snapshot, navigation }: Inspection, t: Translate): string[] {
  const { stack, layer, head, direction, token, hideSpecials, unit } = navigation;
  const chosen = token && listedOf(snapshot, token.side, unit)[token.index];
  const name = typeof head === 'number' ? t('head {head}', { head }) : headWords(head, t);
  const way =
    direction === 'looksAt'
      ? t('What “{token}” looks at', { token: chosen ? visibleLabel(chosen) : '–' })
      : t('What looks at “{token}”', { token: chosen ? visibleLabel(chosen) : '–' });
  return [
    `“${quoted(subject.text)}”`,
    ...(subject.pair === null ? [] : [`“${quoted(subject.pair.text)}”`]),
    t('{layer}, {head}', { layer: layerWords(stack, layer, t), head: name }),
    ...(chosen ? [way] : []),
    ...(unit === 'word' ? [t('Words instead of tokens')] : []),
    ...(hideSpecials ? [t('Special tokens hidden')] : []),
    ...(snapshot.outcome === 'cancelled'
      ? [t('The run was cancelled: what was computed is shown.')]
      : []),
  ];
}

const headWords = (head: 'mean' | 'max', t: Translate): string =>
  head === 'mean' ? t('mean over heads') : t('maximum over heads');

function progressWords(snapshot: TraceSnapshot, t: Translate): string {
  const { loading, plan, layers, written, search } = snapshot;
  if (loading !== null)
    return t('Headlight: loading the model, {percent} %', { percent: Math.floor(loading * 100) });
  if (plan === null) return t('Headlight: starting');
  if (written.length > 0) return t('Headlight: output token {count}', { count: written.length });
  if (search !== null) return t('Headlight: search step {count}', { count: search.steps.length });
  const last = layerCount(plan, readingStack(plan));
  return t('Headlight: layer {layer} of {last}', { layer: layers.length, last });
}
