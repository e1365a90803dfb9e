// Mocha's spec reporter that also keeps $HEADLIGHT_TEST_RESULTS up to date: the verdict is read from
// that file, never from an exit code alone, and a suite that never ends still tells what failed.
'use strict';
const { renameSync, writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

const { EVENT_RUN_END, EVENT_TEST_END, EVENT_TEST_FAIL } = Runner.constants;

module.exports = class ResultsReporter extends reporters.Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    const file = process.env['HEADLIGHT_TEST_RESULTS'];
    if (file === undefined) return;
    /** @type {string[]} */
    const complaints = [];
    const write = (/** @type {boolean} */ ended) => {
      const { passes, failures, pending } = this.stats;
      const results = { passed: passes, failed: failures, skipped: pending, ended, complaints };
      writeFileSync(`${file}.new`, JSON.stringify(results));
      renameSync(`${file}.new`, file);
    };
    runner.on(EVENT_TEST_FAIL, (test, error) => {
      complaints.push(`${test.fullTitle()}\n${error?.stack ?? error}`);
    });
    runner.on(EVENT_TEST_END, () => write(false));
    runner.once(EVENT_RUN_END, () => write(true));
  }
};
