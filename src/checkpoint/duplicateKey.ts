import { endOfString } from './endOfString';

/**
 * Finds a key that an object holds twice. `JSON.parse` keeps the last one silently, which would let
 * a file show one tensor to a checker and another to a reader.
 */

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/**
 * The first duplicate key of a text that `JSON.parse` accepts, or null. Walks without recursion:
 * the depth is the file's choice.
 */
export function duplicateKey(json: string): string | null {
  /** Keys seen in each open object; null for an open array. */
  const open: (Set<string> | null)[] = [];
  let lastString: string | null = null;
  for (let at = 0; at < json.length; at++) {
    switch (json.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(json, at);
        lastString = json.slice(at, end);
        at = end - 1;
        break;
      }
      case COLON: {
        const keys = open.at(-1);
        if (keys && lastString !== null) {
          // Decoded, so that two spellings of one key ("a", "\u0061") count as one.
          const key = lastString.includes('\\')
            ? String(JSON.parse(lastString))
            : lastString.slice(1, -1);
          if (keys.has(key)) return key;
          keys.add(key);
        }
        break;
      }
      case OPEN_OBJECT:
        open.push(new Set());
        break;
      case OPEN_ARRAY:
        open.push(null);
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        open.pop();
        break;
      case COMMA:
        lastString = null;
        break;
      default:
    }
  }
  return null;
}
