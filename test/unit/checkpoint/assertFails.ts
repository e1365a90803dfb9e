import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import type { FailureCode } from '../../../src/failure/messages';

/** Asserts that a promise fails with a code and (some) arguments. */
export async function assertFails(
  promise: Promise<unknown>,
  code: FailureCode,
  args: object = {},
): Promise<void> {
  await assert.rejects(promise, (error: unknown) => {
    assert.ok(error instanceof Failure, String(error));
    assert.equal(error.code, code);
    for (const [name, value] of Object.entries(args)) assert.equal(error.args[name], value, name);
    return true;
  });
}
