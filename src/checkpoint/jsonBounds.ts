import { Failure } from '../failure/failure';
import { endOfString } from './endOfString';

/** Deepest nesting read: real files nest four deep, and code that walks a value must not run out of stack. */
export const MAX_JSON_DEPTH = 64;
/**
 * Most values read from one file: 100,000 tensors with room to spare. A list or object takes up to 60
 * bytes of heap for two of text, so the size of the text alone does not bound what parsing it takes.
 */
export const MAX_JSON_VALUES = 2_000_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/**
 * Refuses a text whose values would take too much to hold, before it is parsed. It need not be JSON:
 * the parser finds that.
 * @throws Failure `checkpoint.jsonDepth`, `checkpoint.jsonValues`
 */
export function checkJsonBounds(file: string, json: string, maxValues = MAX_JSON_VALUES): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < json.length; at++) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(json, at) - 1;
        break;
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        depth++;
        values++;
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        depth--;
        break;
      case COMMA:
        values++;
        break;
      default:
    }
    if (depth > MAX_JSON_DEPTH)
      throw new Failure('checkpoint.jsonDepth', { file, limit: MAX_JSON_DEPTH });
    if (values > maxValues) throw new Failure('checkpoint.jsonValues', { file, limit: maxValues });
  }
}
