/**
 * Share of the machine's memory for traces. An eighth leaves the editor, the language servers and
 * the model itself their room; the bounds keep small machines usable and big ones from hoarding.
 */
const TRACE_SHARE = 1 / 8;
const LEAST_TRACE_BYTES = 128 * 2 ** 20;
const MOST_TRACE_BYTES = 2 ** 30;

export const traceBudgetBytes = (totalMemoryBytes: number): number =>
  Math.round(
    Math.min(MOST_TRACE_BYTES, Math.max(LEAST_TRACE_BYTES, totalMemoryBytes * TRACE_SHARE)),
  );
