import assert from 'node:assert/strict';
import { statusLine } from '../../../src/host/views/statusLine';
import type { Inspection } from '../../../src/host/inspection/inspection';
import { translator } from '../../../src/language/translate';
import { initialNavigation } from '../../../src/protocol/navigation';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import { plan } from './fakeEngine';
import { subject } from './inspecting';
import { decoderPlan, PASSAGE, pairPlan, QUESTION, readBy, wordPlan } from './wordFixture';

const t = translator({});
const running = { ...emptySnapshot('t1', 'a.txt:1'), plan };
const complete = { ...running, outcome: 'complete' } as const;

const inspection = (change: Partial<Inspection>): Inspection => ({
  ...{ key: 1, subject, following: false, link: 'linked' },
  navigation: {
    ...initialNavigation,
    layer: 1,
    head: 1,
    token: { side: 'source', index: 1, locked: false },
  },
  snapshot: complete,
  ...change,
});
const line = (change: Partial<Inspection> = {}): ReturnType<typeof statusLine> =>
  statusLine(inspection(change), 'folder', t);

describe('the line in the status bar', () => {
  it('names model and head, and leads to another head', () => {
    const { text, command, tooltip } = line();
    assert.equal(text, '$(lightbulb) fake · E1·H1');
    assert.equal(command, 'headlight.goToHead');
    for (const fact of ['“One two”', 'Encoder, layer 1, head 1', 'What “One” looks at'])
      assert.ok(tooltip.split('\n').includes(fact), tooltip);
    assert.ok(!tooltip.includes('hidden'));
  });

  it('tells direction, summary and hidden specials', () => {
    const { navigation } = inspection({});
    const { tooltip, text } = line({
      navigation: { ...navigation, head: 'max', direction: 'lookedAt', hideSpecials: true },
    });
    assert.equal(text, '$(lightbulb) fake · E1·max');
    for (const fact of ['maximum over heads', 'What looks at “One”', 'Special tokens hidden'])
      assert.ok(tooltip.includes(fact), tooltip);
  });

  it('shows how far a run is, and cancels it', () => {
    const loading = line({ snapshot: { ...running, plan: null, loading: 0.425 } });
    assert.equal(loading.text, '$(loading~spin) Headlight: loading the model, 42 %');
    assert.equal(loading.command, 'headlight.cancel');
    assert.equal(line({ snapshot: { ...running, plan: null } }).label, 'Headlight: starting');
    assert.equal(line({ snapshot: running }).label, 'Headlight: layer 0 of 2');
    const step = { running: [], finished: [], milliseconds: 1 };
    const search = { steps: [step, step], hypotheses: [] };
    assert.equal(line({ snapshot: { ...running, search } }).label, 'Headlight: search step 2');
  });

  it('offers to run an edited text again, once it is not running', () => {
    const { text, command, label } = line({ link: 'stale' });
    assert.equal(text, '$(refresh) fake · E1·H1');
    assert.equal(command, 'headlight.inspectAgain');
    assert.ok(label.startsWith('fake · E1·H1. '));
    assert.equal(line({ link: 'stale', snapshot: running }).command, 'headlight.cancel');
  });

  it('says what failed, by the name of the folder where no plan came', () => {
    const failure = { code: 'run.cancelled', args: {} } as const;
    const snapshot = { ...complete, plan: null, outcome: 'failed', failure } as const;
    const { text, tooltip, command } = line({ snapshot, link: 'stale' });
    assert.equal(text, '$(warning) folder');
    assert.ok(tooltip.startsWith('The run was cancelled.\n'));
    assert.equal(command, 'headlight.inspectAgain');
  });

  it('offers to run what was cancelled before there was anything to see', () => {
    const failure = { code: 'run.cancelled', args: {} } as const;
    const cancelled = { ...complete, outcome: 'cancelled', failure } as const;
    assert.equal(
      line({ snapshot: { ...cancelled, plan: null } }).command,
      'headlight.inspectAgain',
    );
    const { command, tooltip } = line({ snapshot: cancelled });
    assert.equal(command, 'headlight.goToHead');
    assert.ok(tooltip.includes('The run was cancelled'), tooltip);
  });

  it('quotes a long text by its beginning, on one line', () => {
    const { tooltip } = line({ subject: { ...subject, text: `a\n\n  ${'🚗'.repeat(60)}` } });
    assert.equal(tooltip.split('\n')[0], `“a ${'🚗'.repeat(46)}…”`);
  });

  it('counts the layers of the stack that reads the text', () => {
    const layers = [{ stack: 'decoder', layer: 0 }] as const;
    const snapshot = { ...running, plan: decoderPlan, layers: [...layers] };
    assert.equal(line({ snapshot }).label, 'Headlight: layer 1 of 3');
    const { navigation } = inspection({});
    const read = line({
      snapshot: readBy(decoderPlan),
      navigation: { ...navigation, stack: 'decoder' },
    });
    assert.equal(read.text, '$(lightbulb) gpt2 · D1·H1');
    assert.ok(read.tooltip.includes('What “un” looks at'), read.tooltip);
  });

  it('names words where the reader looks at words, and both texts of a pair', () => {
    const { navigation } = inspection({});
    const token = { side: 'source', index: 2, locked: false } as const;
    const words = line({
      snapshot: readBy(wordPlan),
      navigation: { ...navigation, unit: 'word', token },
    });
    for (const fact of ['What “unbelievable” looks at', 'Words instead of tokens'])
      assert.ok(words.tooltip.split('\n').includes(fact), words.tooltip);
    const pair = { text: PASSAGE, place: null };
    const both = line({
      subject: { ...subject, text: QUESTION, pair },
      snapshot: readBy(pairPlan),
    });
    assert.deepEqual(both.tooltip.split('\n').slice(0, 2), ['“Who came?”', '“Nobody came.”']);
  });
});
