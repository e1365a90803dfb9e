/** Messages with buffers as text and back: what a test passes into a page is JSON. */

const MARK = '$bytes';

const isMarked = (value: unknown): value is Readonly<Record<typeof MARK, string>> =>
  typeof value === 'object' && value !== null && MARK in value;

export const packed = (message: unknown): string =>
  JSON.stringify(message, (_, value: unknown) =>
    value instanceof ArrayBuffer
      ? { [MARK]: btoa(Array.from(new Uint8Array(value), (b) => String.fromCharCode(b)).join('')) }
      : value,
  );

export const unpacked = (text: string): unknown =>
  JSON.parse(text, (_, value: unknown) =>
    isMarked(value)
      ? Uint8Array.from(atob(value[MARK]), (character) => character.charCodeAt(0)).buffer
      : value,
  );
