import * as v from 'valibot';
import { failureMessages, type FailureCode } from '../failure/messages';

const isCode = (value: unknown): value is FailureCode =>
  typeof value === 'string' && Object.hasOwn(failureMessages, value);

/** A failure on the wire: a known code and the values of its message. */
export const failureSchema = v.strictObject({
  code: v.custom<FailureCode>(isCode),
  args: v.record(v.string(), v.union([v.string(), v.number()])),
});
