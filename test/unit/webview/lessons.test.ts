import assert from 'node:assert/strict';
import * as v from 'valibot';
import { translator } from '../../../src/language/translate';
import {
  initialNavigation,
  navigationChangeSchema,
  type Navigation,
} from '../../../src/protocol/navigation';
import { stacksOf } from '../../../src/protocol/stacks';
import type { ModelSummary, Positions } from '../../../src/protocol/trace';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import type { Lesson } from '../../../webview/learn/chapters/chapter';
import {
  chapters,
  nextChapter,
  standingOf,
  stepTo,
} from '../../../webview/learn/chapters/chapters';
import { formulaNames, formulaReading } from '../../../webview/learn/formula/formulas';
import { glossary } from '../../../webview/learn/glossary/glossary';
import { modelOf, planWith, specialToken, tokenOf } from '../../support/traceParts';

const t = translator({});
const WORDS = ['the', 'dog', 'saw', 'the', 'cat'];

function lessonOn(model: Partial<ModelSummary>, navigation: Partial<Navigation> = {}): Lesson {
  const source = [
    ...WORDS.map((word, i) => tokenOf(word, { id: WORDS.indexOf(word), word: i })),
    specialToken('</s>', 9),
  ];
  const plan = planWith({ model: modelOf(model), text: WORDS.join(' '), source });
  const snapshot = { ...emptySnapshot('trace-1', 'a.txt'), plan };
  return { t, snapshot, plan, navigation: { ...initialNavigation, ...navigation } };
}

const ROTARY: Positions = {
  kind: 'rotary',
  dimensions: 8,
  headWidth: 8,
  interleaved: false,
  base: 10000,
  scaling: 'default',
};
const models: Record<string, Partial<ModelSummary>> = {
  translator: {
    architecture: 'encoderDecoder',
    task: 'nextToken',
    positionKind: { kind: 'sinusoidal', layout: 'halves' },
  },
  bert: {
    architecture: 'encoder',
    task: 'maskedToken',
    modelType: 'bert',
    positionKind: { kind: 'learned' },
  },
  classifier: {
    architecture: 'encoder',
    task: 'sequenceLabels',
    positionKind: { kind: 'learned' },
  },
  base: { architecture: 'encoder', task: null, positionKind: { kind: 'learned' }, tied: null },
  llama: {
    architecture: 'decoder',
    task: 'nextToken',
    modelType: 'llama',
    gated: true,
    normPlacement: 'pre',
    positionKind: ROTARY,
    windows: [4, null],
    heads: { encoder: 0, decoder: 8 },
    keyValueHeads: { encoder: 0, decoder: 2 },
  },
  bloom: { architecture: 'decoder', task: 'nextToken', positionKind: { kind: 'alibi' } },
  gptNeox: {
    architecture: 'decoder',
    task: 'nextToken',
    normPlacement: 'parallel',
    positionKind: ROTARY,
  },
  t5: {
    architecture: 'encoderDecoder',
    task: 'nextToken',
    modelType: 't5',
    scoreScale: 1,
    normPlacement: 'pre',
    positionKind: { kind: 'relativeBias', buckets: 32, maxDistance: 128 },
  },
};
const fitting = (lesson: Lesson): string[] =>
  chapters.filter(({ unfit }) => unfit(lesson.plan.model, t) === null).map(({ id }) => id);

describe('chapters', () => {
  it('have ids that links may keep', () => {
    assert.deepEqual(
      chapters.map(({ id }) => id),
      [
        'tokens',
        'positions',
        'queryKeyValue',
        'scores',
        'mask',
        'heads',
        'residuals',
        'feedForward',
        'decoder',
        'output',
        'mute',
      ],
    );
  });

  it('are all there for a translator; others are told what they lack', () => {
    const missing = (name: string): string[] => {
      const has = fitting(lessonOn(models[name] ?? {}));
      return chapters.map(({ id }) => id).filter((id) => !has.includes(id));
    };
    assert.deepEqual(missing('translator'), []);
    assert.deepEqual(missing('t5'), []);
    assert.deepEqual(missing('bert'), ['mask', 'decoder']);
    assert.deepEqual(missing('base'), ['mask', 'decoder', 'output']);
    assert.deepEqual(missing('llama'), ['decoder']);
  });

  for (const [name, model] of Object.entries(models))
    it(`have three to five steps that ${name} can take`, () => {
      const lesson = lessonOn(model);
      const { architecture } = lesson.plan.model;
      for (const chapter of chapters) {
        if (chapter.unfit(lesson.plan.model, t) !== null) continue;
        const steps = chapter.steps(lesson);
        assert.ok(steps.length >= 3 && steps.length <= 5, `${chapter.id}: ${steps.length} steps`);
        for (const { words, change } of steps) {
          assert.doesNotMatch(words, /[{}]|undefined|NaN/);
          assert.ok(v.is(navigationChangeSchema, change), JSON.stringify(change));
          assert.notEqual(change.view ?? 'learn', 'learn');
          const { stack, whatIf } = change;
          if (stack !== undefined) assert.ok(stacksOf(architecture).includes(stack));
          assert.equal(change.view === 'whatIf', whatIf !== undefined, words);
        }
      }
    });

  it('keep their number of steps wherever the reader walks', () => {
    for (const model of Object.values(models)) {
      const here = lessonOn(model);
      for (const stack of stacksOf(here.plan.model.architecture)) {
        const there = lessonOn(model, {
          stack,
          layer: 'mean',
          direction: 'lookedAt',
          unit: 'word',
        });
        for (const { id, unfit, steps } of chapters)
          if (unfit(here.plan.model, t) === null)
            assert.equal(steps(there).length, steps(here).length, `${id} at ${stack}`);
      }
    }
  });

  it('speak of the reader’s own words', () => {
    const positions = chapters.find(({ id }) => id === 'positions');
    const words = positions?.steps(lessonOn(models['bert'] ?? {})).map((step) => step.words) ?? [];
    assert.ok(words.some((said) => said.includes('“the” stands at places 0 and 3')));
    assert.ok(words.some((said) => said.includes('“the” and “cat” are told')));
  });

  it('leave out the scale where a model has none', () => {
    const functions = (name: string): number =>
      chapters
        .flatMap(({ steps }) => steps(lessonOn(models[name] ?? {})))
        .filter(({ change }) => change.whatIf?.kind === 'scoreFunction').length;
    assert.equal(functions('bert'), 1);
    assert.equal(functions('t5'), 0);
  });
});

describe('where a lesson stands', () => {
  const at = (chapter: string, step: number, name = 'translator') =>
    standingOf(lessonOn(models[name] ?? {}, { lesson: { chapter, step } }));

  it('is nowhere without a chapter, or in one of another version', () => {
    assert.equal(standingOf(lessonOn(models['bert'] ?? {})), null);
    assert.equal(at('alchemy', 0), null);
  });

  it('stays within a chapter that is shorter for this model', () => {
    const standing = at('scores', 9);
    assert.equal(standing?.at, (standing?.steps.length ?? 0) - 1);
  });

  it('says why a kept chapter shows nothing now', () => {
    const standing = at('decoder', 2, 'bert');
    assert.equal(standing?.unfit, 'This model is an encoder: it writes nothing.');
    assert.deepEqual(standing?.steps, []);
    assert.equal(standing?.at, 0);
  });

  it('moves the views with the step, and passes over chapters that do not fit', () => {
    const lesson = lessonOn(models['bert'] ?? {}, { head: 'max', layer: 1 });
    const scores = chapters.find(({ id }) => id === 'scores');
    assert.ok(scores !== undefined);
    assert.deepEqual(stepTo(lesson, scores, 0), {
      lesson: { chapter: 'scores', step: 0 },
      stack: 'encoder',
      layer: 1,
      head: 0,
      view: 'steps',
      unit: 'token',
      direction: 'looksAt',
    });
    assert.equal(nextChapter(lesson, scores)?.id, 'heads');
    assert.equal(nextChapter(lesson, chapters.at(-1) ?? scores), null);
  });
});

describe('glossary', () => {
  const terms = glossary.flatMap((group) => group.terms);

  it('has each term once', () => {
    const ids = terms.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    const names = terms.map(({ name }) => name(t));
    assert.equal(new Set(names).size, names.length);
  });

  for (const [name, model] of Object.entries(models))
    it(`leads to views that ${name} has, or says what it lacks`, () => {
      const lesson = lessonOn(model, { lesson: { chapter: 'scores', step: 0 } });
      for (const term of terms) {
        if ((term.unfit?.(lesson.plan.model, t) ?? null) !== null) continue;
        const { stack, ...rest } = term.where(lesson);
        assert.ok(v.is(navigationChangeSchema, rest), term.id);
        if (stack !== undefined)
          assert.ok(stacksOf(lesson.plan.model.architecture).includes(stack), term.id);
      }
    });

  it('knows what a model does not have', () => {
    const lacking = (name: string): string[] => {
      const { plan } = lessonOn(models[name] ?? {});
      return terms
        .filter(({ unfit }) => (unfit?.(plan.model, t) ?? null) !== null)
        .map(({ id }) => id);
    };
    for (const id of ['cross-attention', 'mask', 'causal', 'decoder', 'rotary'])
      assert.ok(lacking('bert').includes(id), id);
    assert.ok(lacking('llama').includes('encoder'));
    assert.ok(!lacking('llama').includes('rotary'));
    assert.ok(lacking('t5').includes('scale'));
    assert.ok(lacking('base').includes('logit'));
  });
});

describe('formulas', () => {
  it('are all read aloud', () => {
    const readings = formulaNames.map((name) => formulaReading(name, t));
    assert.equal(new Set(readings).size, readings.length);
    for (const reading of readings) assert.match(reading, /\p{L}/u);
  });
});
