/** Collects garbage where the process was started with `--expose-gc`, else does nothing. */
export function gc(): void {
  (globalThis as { gc?: () => void }).gc?.();
}
