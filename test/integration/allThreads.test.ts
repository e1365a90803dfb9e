import assert from 'node:assert/strict';
import os from 'node:os';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/host/testApi';
import { LARGE, textOf } from '../fixtures/randomMarian';
import { delaysDuring, delayWords, median, quantile, spin, waitsDuring } from './delays';
import { headlight, isOver, looseTensors, next, startOver, subjectFor } from './headlight';
import { largeModel } from './largeModel';

/** How much later than beside as many empty loops the host, and others in it, may answer. */
const DELAY_FACTOR = 2;
const ROUNDS = 3;
/** Runs one after another: all threads then work for some seconds. */
const RUNS = 3;
/** Seconds on a machine that does nothing else; empty loops then take as long again. */
const TIMEOUT_MS = 300_000;
/** What a command's waits are judged by: the longest are those of the machine. */
const SHARE = 0.95;

/** A command of another extension in this host, that works for its answer. */
const OTHER_EXTENSION = 'vscode.markdown-language-features';
const askOther = (): Thenable<unknown> =>
  vscode.commands.executeCommand('markdown.api.render', '# A *heading*\n\n- and\n- a list\n');

describe('all threads at work', function () {
  this.timeout(TIMEOUT_MS);
  let api: TestApi;
  let folder: string;
  before(async () => {
    api = await headlight();
    folder = await largeModel();
    assert.ok(vscode.extensions.getExtension(OTHER_EXTENSION), 'it lives in this host');
    await askOther();
  });
  afterEach(() => startOver(api));

  const runs = async (): Promise<void> => {
    for (let run = 0; run < RUNS; run++) {
      // Another text each time: nothing of it was read before.
      const finished = next(api.engineEvents, ({ type }) => type === 'finished');
      api.inspect(subjectFor(folder, `${'w1 '.repeat(run)}${textOf(LARGE.positions - run)}`));
      await finished;
      const { snapshot } = await api.waitFor(isOver);
      assert.equal(snapshot.outcome, 'complete');
    }
  };

  it('leave the host’s thread and other extensions free', async () => {
    api.switches.place = 'thread';
    const up = next(api.engine.ups);
    await runs();
    const { backend } = await up;
    const cores = os.availableParallelism();
    assert.ok(backend.endsWith(`-${cores}t`), `${backend} of ${cores} cores`);

    const ratios = { delays: [] as number[], waits: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      const begin = performance.now();
      let waits: number[] = [];
      const delays = await delaysDuring(async () => (waits = await waitsDuring(askOther, runs)));
      const duration = performance.now() - begin;
      let waitsBesideLoops: number[] = [];
      const besideLoops = await delaysDuring(
        async () => (waitsBesideLoops = await waitsDuring(askOther, () => spin(duration, cores))),
      );
      ratios.delays.push(delays.p99 / besideLoops.p99);
      ratios.waits.push(quantile(waits, SHARE) / quantile(waitsBesideLoops, SHARE));
      const waitWords = (all: readonly number[]): string =>
        `${median(all).toFixed(2)}, of 95 % below ${quantile(all, SHARE).toFixed(2)} ms`;
      console.log(
        `    ${(duration / 1000).toFixed(1)} s on ${cores} threads: event-loop delay p99 ${delayWords(delays)}, ` +
          `another extension’s command ${waitWords(waits)}; beside ${cores} empty loops ` +
          `${delayWords(besideLoops)}, ${waitWords(waitsBesideLoops)}`,
      );
    }
    const [delay, wait] = [median(ratios.delays), median(ratios.waits)];
    const beside = `÷ beside ${cores} empty loops`;
    console.log(`    figure: event-loop delay of the host, p99, ${beside}: ${delay.toFixed(2)} ×`);
    console.log(`    figure: another extension’s command, p95, ${beside}: ${wait.toFixed(2)} ×`);
    assert.ok(delay <= DELAY_FACTOR, `event loop ${delay}`);
    assert.ok(wait <= DELAY_FACTOR, `command ${wait}`);
    assert.equal(await looseTensors(api), 0);
  });
});
