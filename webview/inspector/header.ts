/** What is inspected, by which model, how far it is; cancel, run again, language. */
import type { Translate } from '../../src/language/translate';
import { describeFailure } from '../../src/language/translate';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { Plan } from '../../src/protocol/trace';
import { element, setAttribute, setText, show } from '../parts/element';
import { linkWords } from './documentLink';
import { languageName, seconds } from '../../src/navigation/names';
import {
  headCount,
  isRunning,
  layerCount,
  layersDone,
  readingStack,
} from '../../src/navigation/traceState';
import type { Commands, Part, View } from './view';
import { createViewActions } from './viewActions';

/** Where a run stands: words, and a share of the known way or null. */
export interface Progress {
  readonly words: string;
  readonly share: number | null;
}

export function progressOf(snapshot: TraceSnapshot, t: Translate): Progress {
  const { plan, loading, written } = snapshot;
  if (plan === null) {
    if (loading === null) return { words: t('Starting…'), share: null };
    return {
      words: t('Loading the model, {percent} %', { percent: Math.round(100 * loading) }),
      share: loading,
    };
  }
  const done = layersDone(snapshot);
  const layers = layerCount(plan, readingStack(plan));
  if (done < layers)
    return {
      words: t('Layer {done} of {layers}', { done: done + 1, layers }),
      share: done / layers,
    };
  if (plan.writing === null) return { words: t('The text is read'), share: null };
  // How many tokens there will be is the model's to decide.
  return { words: t('Output token {count}', { count: written.length + 1 }), share: null };
}

/** How a run ended. */
export function outcomeWords(snapshot: TraceSnapshot, t: Translate): string {
  const time = seconds(snapshot.milliseconds ?? 0);
  if (snapshot.outcome === 'complete') {
    const words = t('Complete in {time} s', { time });
    const { reused = 0, source = [] } = snapshot.plan ?? {};
    if (reused === 0) return words;
    return `${words} · ${t('{reused} of {tokens} tokens reused', { reused, tokens: source.length })}`;
  }
  if (snapshot.outcome === 'cancelled') return t('Cancelled after {time} s', { time });
  return snapshot.failure === null ? t('Failed') : describeFailure(snapshot.failure, t);
}

export function modelDetails({ plan }: TraceSnapshot, t: Translate): string {
  if (plan === null) return '';
  const { architecture, layers, dModel, parameters, weightDtype } = plan.model;
  const { count } = plan.model.unusedTensors;
  return [
    architecture === 'encoderDecoder'
      ? t('{encoder} + {decoder} layers', { encoder: layers.encoder, decoder: layers.decoder })
      : t('{layers} layers', { layers: layerCount(plan, readingStack(plan)) }),
    t('{heads} heads', { heads: headCount(plan, readingStack(plan)) }),
    `d_model ${dModel}`,
    t('{millions} M parameters', { millions: (parameters / 1e6).toFixed(1) }),
    weightDtype,
    plan.backend,
    ...(count === 0 ? [] : [t('{count} unused tensors', { count })]),
  ].join(' · ');
}

/** The same at length. A checkpoint may hold more than its model: a head it was trained with, say. */
function modelTitle(snapshot: TraceSnapshot, t: Translate): string {
  const { names, count } = snapshot.plan?.model.unusedTensors ?? { names: [], count: 0 };
  const unused = count > names.length ? [...names, '…'] : names;
  return [
    modelDetails(snapshot, t),
    ...(count === 0 ? [] : [t('Not used: {names}', { names: unused.join(', ') })]),
  ].join('\n');
}

export function createHeader(t: Translate, commands: Commands): Part {
  const model = element('h1', { class: 'model' });
  const origin = element('span', { class: 'origin' });
  const details = element('span', { class: 'details' });
  const languages = element('select', {
    attributes: { 'aria-label': t('Translate into') },
    on: { change: () => commands.rerun(languages.value) },
  });
  const language = element('label', { class: 'language' }, '→ ', languages);
  const card = element(
    'button',
    { class: 'link', attributes: { type: 'button' }, on: { click: () => commands.openCard() } },
    t('Model card'),
  );
  const state = element('span', { class: 'state' });
  const cancel = element(
    'button',
    { class: 'small', attributes: { type: 'button' }, on: { click: () => commands.cancel() } },
    t('Cancel'),
  );
  let current: string | null = null;
  const again = element(
    'button',
    {
      class: 'small',
      attributes: { type: 'button' },
      on: { click: () => commands.rerun(current) },
    },
    t('Run again'),
  );
  const viewActions = createViewActions(t, commands);
  const filled = element('div', { class: 'bar-filled' });
  const bar = element(
    'div',
    {
      class: 'bar',
      attributes: {
        role: 'progressbar',
        'aria-label': t('Progress'),
        'aria-valuemin': 0,
        'aria-valuemax': 100,
      },
    },
    filled,
  );
  const root = element(
    'header',
    { class: 'header' },
    element('div', { class: 'header-row' }, model, language, origin, card),
    element(
      'div',
      { class: 'header-row status-row' },
      state,
      cancel,
      again,
      details,
      viewActions.root,
    ),
    bar,
  );
  let tags = '';
  let plan: Plan | null = null;

  function updateLanguages({ snapshot, locale }: View): void {
    const known = snapshot.plan?.model.languages ?? [];
    show(language, known.length > 0);
    if (known.join() !== tags) {
      tags = known.join();
      languages.replaceChildren(
        ...known.map((tag) =>
          element('option', { attributes: { value: tag } }, languageName(tag, locale)),
        ),
      );
    }
    current = snapshot.plan?.language ?? null;
    if (current !== null && languages.value !== current) languages.value = current;
  }

  function updateState({ snapshot, reader }: View): void {
    const running = isRunning(snapshot);
    const { words, share } = progressOf(snapshot, t);
    // How long a run took matters less than that its text is not the document's any more.
    const told = snapshot.outcome === 'failed' ? null : linkWords(reader.link, t);
    setText(state, running ? words : (told ?? outcomeWords(snapshot, t)));
    state.classList.toggle('failed', snapshot.outcome === 'failed');
    show(cancel, running);
    show(again, !running && (snapshot.outcome !== 'complete' || reader.link === 'stale'));
    bar.classList.toggle('running', running);
    bar.classList.toggle('endless', running && share === null);
    setAttribute(
      bar,
      'aria-valuenow',
      running && share !== null ? Math.round(100 * share) : running ? null : 100,
    );
    setAttribute(bar, 'aria-valuetext', running ? words : outcomeWords(snapshot, t));
    filled.style.setProperty('width', `${100 * (share ?? 1)}%`);
  }

  return {
    root,
    update(view) {
      setText(model, view.snapshot.plan?.model.name ?? t('Model'));
      setText(origin, view.snapshot.origin);
      if (view.snapshot.plan !== plan) {
        plan = view.snapshot.plan;
        const title = modelTitle(view.snapshot, t);
        setText(details, modelDetails(view.snapshot, t));
        setAttribute(model, 'title', title);
        setAttribute(details, 'title', title);
      }
      updateLanguages(view);
      updateState(view);
      viewActions.update(view);
    },
  };
}
