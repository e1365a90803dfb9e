// Every view of the theory × the kinds of model of the reference set: it works, or says why not.
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { Navigation } from '../../src/protocol/navigation';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { BUILT_IN, EngineHarness } from '../support/engineHarness';
import { spellingTokenizer } from '../support/spellingTokenizer';
import { finishedTrace, openEnginePanel, type EnginePanel } from './enginePanel';
import { startBrowser } from './harness';
import { atMost } from '../support/writings';

type ViewName = Navigation['view'];
const VIEWS = ['steps', 'whatIf', 'heads', 'positions', 'map', 'tour', 'learn'] as const;
const MODELS = ['translator', 'bert', 'gpt2', 'llama', 't5'] as const;
type ModelName = (typeof MODELS)[number];

/** Narrowest width that the panel is made for. */
const WIDTH = 480;

/** What a view is made of when it works, and which sentence it says instead where it does not. */
const shown: Readonly<Record<(typeof VIEWS)[number], string>> = {
  steps: '.steps-panel table tbody tr',
  whatIf: '.whatIf-panel button:not([disabled])',
  heads: '.heads-panel table tbody tr',
  positions: '.positions-panel canvas',
  map: '.map-panel [role=option]',
  tour: '.tour-panel button',
  learn: '.learn-panel li',
};

/** What is not there, in the words of the view: view → model → sentences. */
const absent: Partial<Record<ViewName, Partial<Record<ModelName, readonly RegExp[]>>>> = {
  whatIf: {
    bert: [/An encoder has no mask/, /does not multiply its embeddings/],
    gpt2: [/does not multiply its embeddings/],
    llama: [/does not multiply its embeddings/],
    t5: [/does not divide its scores by √d_k/, /does not multiply its embeddings/],
  },
  heads: {
    translator: [/No direct share: what the encoder writes reaches the output only through/],
    bert: [/No direct share: a non-linear layer stands between/],
    t5: [/No direct share: what the encoder writes reaches the output only through/],
  },
  positions: {
    bert: [/No formula says what they hold/],
    gpt2: [/No formula says what they hold/],
    llama: [/Rotary positions/],
    t5: [/Relative positions/],
  },
  tour: {
    // Spelled letter by letter the sentences are longer than these models' tables of positions.
    bert: [/has \d+ tokens; this model has 40 positions/],
    gpt2: [/has \d+ tokens; this model has 40 positions/],
    llama: [/This model does not show it/],
    t5: [/this model does not show it/],
  },
  learn: {
    bert: [/it writes nothing/, /nothing is masked/],
    gpt2: [/there is no encoder for it to look at/],
    llama: [/there is no encoder for it to look at/],
    t5: [/This model does not divide its scores/],
  },
};

/** A model of the reference set with a tokenizer that spells, in a folder of its own. */
async function spelling(name: string): Promise<string> {
  const folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'headlight-theory-')), name);
  await cp(path.join('test/fixtures/reference', name), folder, { recursive: true });
  await writeFile(path.join(folder, 'tokenizer.json'), spellingTokenizer(name === 'bert'));
  return folder;
}

describe('the theory, view by view and model by model', function () {
  this.timeout(120_000);
  let browser: Browser;
  let engine: EngineHarness;
  const snapshots = new Map<ModelName, TraceSnapshot>();
  const folders: string[] = [];
  let open: EnginePanel | null = null;
  before(async () => {
    browser = await startBrowser();
    engine = new EngineHarness();
    for (const name of MODELS) {
      const folder = name === 'translator' ? BUILT_IN : await spelling(name);
      if (name !== 'translator') folders.push(path.dirname(folder));
      const text = name === 'translator' ? 'The cat sat on the mat.' : 'the cat sat.';
      const language = name === 'translator' ? 'fra' : null;
      const more = { model: folder, language, writing: name === 't5' ? atMost(6) : null };
      snapshots.set(name, await finishedTrace(engine, name, text, more));
    }
  });
  afterEach(async () => {
    await open?.page.context().close();
    open = null;
  });
  after(async () => {
    engine.close();
    await browser.close();
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
  });

  for (const view of VIEWS)
    for (const model of MODELS)
      it(`${view}: ${model}`, async () => {
        const snapshot = snapshots.get(model)!;
        assert.equal(snapshot.outcome, 'complete');
        const stack = model === 'gpt2' || model === 'llama' ? 'decoder' : 'encoder';
        const token = { side: 'source', index: 3, locked: true } as const;
        const navigation = { stack, layer: 0, head: 1, token, view } as const;
        open = await openEnginePanel(browser, { engine, snapshot, navigation, width: WIDTH });
        const { page, complaints } = open;
        const panel = page.locator(`#panel-${view}`);
        await panel.locator(shown[view]).filter({ visible: true }).first().waitFor();
        const running = panel.locator('[role=progressbar]').filter({ visible: true });
        for (let one = await running.count(); one > 0; one = await running.count())
          await running.first().waitFor({ state: 'hidden' });
        await panel.getByText('All heads are searched…').waitFor({ state: 'hidden' });
        for (const words of absent[view]?.[model] ?? [])
          await panel.getByText(words).first().waitFor();
        assert.doesNotMatch(await panel.innerText(), /NaN|undefined|Infinity|\[object/);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= WIDTH, `${wide} px wide`);
        assert.deepEqual(complaints, []);
      });
});
