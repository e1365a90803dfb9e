import type { Dice } from './dice';

/** What is put into a file: no UTF-8, surrogates as bytes, a BOM, NUL, JSON's own signs. */
const PIECES = [
  ...[[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], [0], [0x0d, 0x0a]],
  ...['{', '}', '[', ']', '"', ',', ':', '\\', '\\u00', '-', 'e9', '\n', ' '].map((text) => [
    ...Buffer.from(text),
  ]),
];
/** Longest stretch that is cut out or repeated. */
const MAX_STRETCH = 64;

/** Bytes with one to four changes that know nothing of what the bytes mean. */
export function mutateBytes(dice: Dice, original: Uint8Array): Uint8Array {
  let bytes = [...original];
  for (let changes = 1 + dice.below(4); changes > 0; changes--) {
    const at = dice.below(bytes.length + 1);
    const stretch = dice.below(MAX_STRETCH);
    switch (dice.below(7)) {
      case 0:
        bytes = bytes.slice(0, at);
        break;
      case 1:
        bytes.splice(at, stretch);
        break;
      case 2:
        bytes.splice(at, 0, ...bytes.slice(at, at + stretch));
        break;
      case 3:
        bytes.splice(at, dice.below(2), ...dice.pick(PIECES));
        break;
      case 4:
        if (at < bytes.length) bytes[at]! ^= 1 << dice.below(8);
        break;
      case 5:
        if (at < bytes.length) bytes[at] = dice.below(256);
        break;
      default:
        bytes.splice(at, 0, ...Array.from({ length: dice.below(8) }, () => dice.below(256)));
    }
  }
  return Uint8Array.from(bytes);
}
