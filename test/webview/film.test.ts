// Generation as a film, as the page shows it of real models: every number is the engine's.
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { firstWriting } from '../../webview/film/forking';
import type { Stack } from '../../src/protocol/address';
import type { FromPanel } from '../../src/protocol/panelMessages';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { numbersOf } from '../../src/protocol/wireTensor';
import { plainWriting } from '../../src/protocol/writing';
import { violations } from './axe';
import { finishedTrace, type EnginePanel } from './enginePanel';
import { bar, inkedRows, press, standsAt, twinOf } from './filmPage';
import { openPanel } from './harness';
import { drawn, step as hostStep, unfold } from './panelActions';
import { four, useStepsPanels } from './stepsPanels';

const TEXT = "The animal didn't cross the street because it was too tired.";
/** A step whose token goes on from a word, so that two are looked back at. */
const STEP = 4;
const LAYER = 1;
const HEAD = 2;
const MANY = 200;
/** Enough to come from one answer’s rows to the next. */
const WALKED = 28;
/** Enough for a median. */
const TIMED = 15;

const sent = <T extends FromPanel['type']>({ received }: EnginePanel, type: T) =>
  received.filter((one): one is Extract<FromPanel, { type: T }> => one.type === type);

describe('inspector, film', function () {
  this.timeout(180_000);
  const { engine, browser, openOn } = useStepsPanels();
  let translation: Promise<TraceSnapshot> | null = null;
  /** Of the built-in model, run once. */
  const translated = (): Promise<TraceSnapshot> =>
    (translation ??= finishedTrace(engine(), 'film', TEXT));

  async function rowsAgree(
    page: Page,
    snapshot: TraceSnapshot,
    stack: Stack,
    card: string,
    at: { layer: number; head: number; query: number; keys: number },
  ): Promise<void> {
    const { layer, head, query, keys } = at;
    const { weights } = await engine().ask(snapshot.trace, {
      name: 'row',
      question: {
        ...{ stack, layer, head, token: query, direction: 'looksAt' },
        ...{ hideSpecials: false, unit: 'token' },
      },
    });
    const rows = await twinOf(page, card);
    assert.deepEqual(
      rows.map(([, , weight]) => weight),
      [...numbersOf(weights)].slice(0, keys).map(four),
    );
  }

  it('goes from step to step by keys, mouse and buttons, with the engine’s numbers at each', async () => {
    const snapshot = await translated();
    const panel = await openOn(snapshot, { view: 'film', layer: LAYER, head: HEAD });
    const { page, complaints } = panel;
    const { written } = snapshot;
    const last = written.length;
    await standsAt(page, last);
    await bar(page).focus();
    await press(page, 'Home', 'ArrowRight', 'ArrowRight', 'PageDown', 'PageUp', 'ArrowRight');
    await standsAt(page, STEP);
    assert.deepEqual(panel.navigation().token, { side: 'target', index: STEP - 1, locked: true });
    const { label } = written[STEP - 1]!.token;
    assert.equal(
      await bar(page).getAttribute('aria-valuetext'),
      `step ${STEP} of ${last}: ${label}`,
    );
    await unfold(page);
    const at = { layer: LAYER, head: HEAD, query: STEP - 1 };
    const { plan } = snapshot;
    await rowsAgree(page, snapshot, 'cross', 'cross-row', { ...at, keys: plan!.source.length });
    await rowsAgree(page, snapshot, 'decoder', 'decoder-row', { ...at, keys: STEP });
    assert.equal(await page.locator('.film-present').textContent(), label);
    const facts = (await page.locator('.film-facts').textContent()) ?? '';
    assert.ok(facts.startsWith(`probability ${four(written[STEP - 1]!.probability)} · loss `));
    const logarithms = written.slice(0, STEP).map(({ probability }) => Math.log(probability));
    const sum = -logarithms.reduce((all, one) => all + one, 0);
    assert.ok(facts.includes(`log-probability so far −${four(sum)}`), facts);
    // The triangle ends at the present row.
    const map = page.getByRole('application', { name: /^Masked self-attention D1·H2/ });
    await map.scrollIntoViewIfNeeded();
    assert.match((await map.getAttribute('aria-label')) ?? '', new RegExp(`: ${STEP} rows`));
    const inked = await inkedRows(page, last);
    assert.deepEqual(
      inked,
      written.map((_, row) => row < STEP),
    );
    await page.getByText('Computed once, before the first step: every', { exact: false }).waitFor();
    // Anywhere in the film, by mouse, and beyond the ends.
    await page.locator('.film-output h3').click();
    await press(page, 'ArrowLeft');
    await standsAt(page, STEP - 1);
    const { x, y, width } = (await bar(page).boundingBox())!;
    await page.mouse.move(x + 1, y + 8);
    await page.mouse.down();
    await standsAt(page, 1);
    await page.mouse.move(x + (width * 6.5) / last, y + 8, { steps: 4 });
    await standsAt(page, 7);
    await page.mouse.up();
    await page.getByRole('button', { name: 'Last step (End)' }).click();
    await standsAt(page, last);
    await press(page, 'ArrowRight');
    await drawn(page);
    await standsAt(page, last);
    assert.deepEqual(await violations(page, '.film-stage'), []);
    assert.deepEqual(complaints, []);
  });

  it('plays and pauses, and stands still behind another tab', async () => {
    const { page } = await openOn(await translated(), { view: 'film' });
    await bar(page).focus();
    await page.getByLabel('Speed').selectOption('4');
    await bar(page).focus();
    await press(page, 'Home', ' ');
    await standsAt(page, 3);
    await press(page, ' ');
    await page.getByRole('button', { name: 'Play (Space)' }).waitFor();
    // On a button a space presses the button, once.
    await page.getByRole('button', { name: 'Play (Space)' }).press(' ');
    await page.getByRole('button', { name: 'Pause (Space)' }).waitFor();
    await page.getByRole('button', { name: 'Pause (Space)' }).press(' ');
    await page.getByRole('button', { name: 'Play (Space)' }).waitFor();
    const stood = await bar(page).getAttribute('aria-valuenow');
    await page.getByRole('button', { name: 'Play (Space)' }).click();
    await page.getByRole('tab', { name: 'Row' }).click();
    // Its clock finds it hidden, and stops.
    await page.waitForFunction(
      () => document.querySelector('.film-buttons [title="Play (Space)"]') !== null,
    );
    await page.getByRole('tab', { name: 'Film' }).click();
    assert.ok(Number(await bar(page).getAttribute('aria-valuenow')) <= Number(stood) + 1);
  });

  it('asks for a branch at a token or a text, and for the output beside', async () => {
    const panel = await openOn(await translated(), { view: 'film' });
    const { page } = panel;
    await bar(page).focus();
    await press(page, 'Home', 'ArrowRight', 'ArrowRight');
    await standsAt(page, 3);
    const { written } = await translated();
    const rows = page.locator('.film-candidates tbody tr');
    const { candidates, token } = written[2]!;
    assert.equal(await rows.count(), candidates.length);
    assert.equal(await rows.filter({ hasText: 'chosen' }).count(), 1);
    const other = candidates.find(({ id }) => id !== token.id)!;
    await rows.nth(candidates.indexOf(other)).getByRole('button').click();
    const before = written.slice(0, 2).map((one) => one.token.id);
    const forked = { ...plainWriting, further: true };
    assert.deepEqual(sent(panel, 'write').at(-1)?.writing, {
      ...forked,
      begin: { ids: [...before, other.id], text: null },
    });
    await page.getByLabel('Another text in place of this token').fill('le chien');
    await press(page, 'ArrowLeft', 'Enter');
    assert.deepEqual(sent(panel, 'write').at(-1)?.writing, {
      ...forked,
      begin: { ids: before, text: 'le chien' },
    });
    await standsAt(page, 3);
    await page.getByRole('button', { name: 'Open Output Beside' }).click();
    assert.equal(sent(panel, 'openOutput').length, 1);
  });

  it('shows what a decoder writes after its text, 200 tokens long, without asking at every step', async () => {
    const model = path.resolve('test/fixtures/models', 'stories-alibi');
    const run = { model, language: null, trainedTokens: null } as const;
    const read = await finishedTrace(engine(), 'film-read', 'the cat sat by the river and', run);
    const empty = await openOn(read, { view: 'film' });
    await empty.page.getByRole('button', { name: 'Let it write' }).click();
    assert.deepEqual(sent(empty, 'write').at(-1)?.writing, firstWriting);
    const snapshot = await finishedTrace(engine(), 'film-long', 'the cat sat by the river and', {
      ...run,
      writing: { ...plainWriting, maxNewTokens: MANY },
    });
    const { plan, written } = snapshot;
    const panel = await openOn(snapshot, { view: 'film', stack: 'decoder', layer: 1, head: 1 });
    const { page, complaints } = panel;
    await standsAt(page, written.length);
    await bar(page).focus();
    await press(page, 'Home');
    await standsAt(page, 1);
    const given = plan!.source.length;
    assert.deepEqual(panel.navigation().token, { side: 'source', index: given - 1, locked: true });
    await page.getByRole('listbox', { name: 'Tokens of the text' }).getByText('Output').waitFor();
    await unfold(page);
    const at = { layer: 1, head: 1, query: given - 1, keys: given };
    await rowsAgree(page, snapshot, 'decoder', 'decoder-row', at);
    assert.equal(await page.locator('.cross-row:visible, .film-encoder:visible').count(), 0);
    const asked = () => sent(panel, 'query').map(({ query }) => query.name);
    const before = asked().length;
    /** Median milliseconds of a step of a walk. */
    const walk = async (key: string, steps: readonly number[]): Promise<number> => {
      const times: number[] = [];
      for (const step of steps) {
        const began = performance.now();
        await press(page, key);
        await standsAt(page, step);
        times.push(performance.now() - began);
      }
      return times.sort((a, b) => a - b)[times.length >> 1]!;
    };
    const walked = Array.from({ length: WALKED }, (_, i) => i);
    const atStart = await walk(
      'ArrowRight',
      walked.map((i) => 2 + i),
    );
    const since = asked().slice(before);
    assert.ok(since.filter((name) => name === 'matrixRows').length <= 2, since.join());
    assert.equal(since.filter((name) => name === 'matrix').length, 0);
    const query = given - 1 + WALKED;
    await rowsAgree(page, snapshot, 'decoder', 'decoder-row', { ...at, query, keys: query + 1 });
    await press(page, 'End');
    await standsAt(page, written.length);
    const atEnd = await walk(
      'ArrowLeft',
      walked.slice(0, TIMED).map((i) => written.length - 1 - i),
    );
    // With a row of 200 weights instead of 10, and a triangle of 200 rows.
    assert.ok(atEnd < 5 * atStart, `a step takes ${atStart} ms at first, ${atEnd} in the end`);
    assert.deepEqual(complaints, []);
  });

  it('goes along with what is being written until the reader goes back', async () => {
    const fixture = { text: 'The cat sleeps .', output: 'Le chat dort sur le banc .' };
    const { page } = await openPanel(browser(), { fixture, navigation: { view: 'film' } });
    const writes = async (): Promise<void> => {
      await hostStep(page);
      await drawn(page);
    };
    await writes();
    await writes();
    await page.locator('.film-empty').waitFor();
    assert.match(
      (await page.locator('.film-empty').textContent()) ?? '',
      /^The text is being read/,
    );
    while (!(await bar(page).isVisible())) await writes();
    await writes();
    await writes();
    await standsAt(page, 3);
    await bar(page).focus();
    await press(page, 'ArrowLeft');
    await standsAt(page, 2);
    await writes();
    await page.waitForFunction(
      () => document.querySelector('.scrub')?.getAttribute('aria-valuemax') === '4',
    );
    await standsAt(page, 2);
    await page.getByRole('button', { name: 'Live' }).click();
    await standsAt(page, 4);
    await writes();
    await standsAt(page, 5);
    assert.equal(await page.getByRole('button', { name: 'Live' }).isVisible(), false);
    /** Asks for a branch; the run of it takes the panel and is planned. */
    const branchOff = async (trace: string): Promise<void> => {
      await page.locator('.film-candidates').getByRole('button').first().press('Enter');
      await page.evaluate(
        ([other, name]) => {
          const { fakeHost } = window;
          fakeHost.load(other, name);
          fakeHost.replace({ ...fakeHost.reader.navigation, token: null }, fakeHost.snapshot());
        },
        [fixture, trace] as const,
      );
      await drawn(page);
      await writes();
      await writes();
      assert.equal(await bar(page).isVisible(), false);
    };
    const roomKept = (): Promise<string> =>
      page.locator('.film').evaluate((film: HTMLElement) => film.style.minHeight);
    // In another run the film has the keyboard that it had in this one.
    await branchOff('other');
    assert.notEqual(await roomKept(), '');
    while (!(await bar(page).isVisible())) await writes();
    await writes();
    await standsAt(page, 2);
    await press(page, 'ArrowLeft');
    await standsAt(page, 1);
    // Where nothing comes of a run, no room is kept for it.
    await branchOff('cancelled');
    await page.evaluate(() => window.fakeHost.finish('cancelled', null));
    await page.getByText('cancelled before anything was written').waitFor();
    assert.equal(await roomKept(), '');
    await page.close();
  });
});
