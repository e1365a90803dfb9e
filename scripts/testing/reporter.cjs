// Mocha's spec reporter that also writes the counts to $HEADLIGHT_TEST_RESULTS: the verdict is read
// from that file, never from an exit code alone.
'use strict';
const { renameSync, writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

const { EVENT_RUN_END } = Runner.constants;

module.exports = class ResultsReporter extends reporters.Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    const file = process.env['HEADLIGHT_TEST_RESULTS'];
    if (file === undefined) return;
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const results = { passed: passes, failed: failures, skipped: pending };
      writeFileSync(`${file}.new`, JSON.stringify(results));
      renameSync(`${file}.new`, file);
    });
  }
};
