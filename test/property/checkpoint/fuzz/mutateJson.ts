import type { Dice } from './dice';
import { JsonList, JsonMap, JsonText, parseTree, writeTree, type JsonNode } from './jsonTree';

/** Values that a reader may trip over. */
const HOSTILE = [
  ...[
    'null',
    'true',
    'false',
    '0',
    '-0',
    '1',
    '-1',
    '0.5',
    '2.0',
    '1e2',
    '1e308',
    '1e999',
    '1e-400',
  ],
  ...['2147483647', '2147483648', '4294967296', '9007199254740991', '9007199254740992'],
  ...['9007199254740993', '9223372036854775807', '18446744073709551615', '18446744073709551616'],
  ...[
    '""',
    '" "',
    '"\\u0000"',
    '"\\ud800"',
    '"\\udc00x"',
    '"__proto__"',
    '"constructor"',
    '"0"',
    '"-1"',
  ],
  ...[
    '"../../etc/passwd"',
    '"{x}"',
    '"(a+)+$"',
    '"["',
    '"\\\\"',
    '"👍"',
    '"NaN"',
    '"F64"',
    '"relu"',
  ],
  ...['[]', '{}', '[[]]', '[null]', '[0]', '{"":0}', '{"__proto__":{}}', '{"type":"Sequence"}'],
  ...['NaN', 'Infinity', 'undefined', "'x'", '01', '+1', '.5', '1.', '[,]', '{,}', '//', '"'],
];
const KEYS = ['', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'type', 'é'];
/** Deeper than a stack, but short. */
const DEEP = 20_000;
const LONG = 100_000;
const REPEATS = 3_000;

/** A JSON text with one to three changes that keep most of it JSON. `options` are keys that mean something to its reader. */
export function mutateJson(dice: Dice, json: string, options: readonly string[] = []): string {
  const keys = [...KEYS, ...options];
  const root = new JsonList([parseTree(json)]);
  for (let changes = 1 + dice.below(3); changes > 0; changes--)
    change(dice, somewhere(dice, root), keys);
  return root.items.map(writeTree).join('');
}

/** A list or object of the tree: the nearer to the root, the more often. */
function somewhere(dice: Dice, root: JsonList): JsonList | JsonMap {
  let here: JsonList | JsonMap = root;
  for (;;) {
    const inner: JsonNode[] = childrenOf(here).filter((child) => !(child instanceof JsonText));
    if (inner.length === 0 || (here !== root && dice.percent(30))) return here;
    const next: JsonNode = dice.pick(inner);
    if (next instanceof JsonText) return here;
    here = next;
  }
}

const childrenOf = (node: JsonList | JsonMap): JsonNode[] =>
  node instanceof JsonList ? node.items : node.entries.map(([, child]) => child);

function change(dice: Dice, node: JsonList | JsonMap, keys: readonly string[]): void {
  if (node instanceof JsonList) changeList(dice, node.items, (child) => child);
  else changeList(dice, node.entries, (child) => [JSON.stringify(dice.pick(keys)), child]);
}

/** Changes the children of a list (`T` is a node) or an object (`T` is a key with a node). */
function changeList<T extends JsonNode | [string, JsonNode]>(
  dice: Dice,
  list: T[],
  asChild: (node: JsonNode) => T,
): void {
  if (list.length === 0 || dice.percent(8)) {
    list.splice(dice.below(list.length + 1), 0, asChild(hostile(dice)));
    return;
  }
  const at = dice.below(list.length);
  const chosen = list[at]!;
  const other = list[dice.below(list.length)]!;
  const put = (change: (node: JsonNode) => JsonNode): void => {
    const changed: JsonNode | [string, JsonNode] = Array.isArray(chosen)
      ? [chosen[0], change(chosen[1])]
      : change(chosen);
    list[at] = changed as T;
  };
  switch (dice.below(9)) {
    case 0:
      list.splice(at, 1);
      break;
    case 1:
      list.splice(at, 0, dice.percent(30) ? other : asChild(nodeOf(other)));
      break;
    case 2:
      put(() => nodeOf(other));
      break;
    case 3:
      list[at] = asChild(nodeOf(chosen));
      break;
    case 4:
      put((child) => (dice.percent(50) ? new JsonList([child]) : new JsonMap([['"a"', child]])));
      break;
    case 5:
      if (dice.percent(10)) list.push(...Array.from({ length: dice.below(REPEATS) }, () => chosen));
      else list.push(chosen);
      break;
    case 6:
    case 7:
      put((child) => (child instanceof JsonText ? nudged(dice, child) : hostile(dice)));
      break;
    default:
      put(() => hostile(dice));
  }
}

const nodeOf = (child: JsonNode | [string, JsonNode]): JsonNode =>
  Array.isArray(child) ? child[1] : child;

/** A value near the one there: the mistakes that are hardest to see. */
function nudged(dice: Dice, { text }: JsonText): JsonText {
  const number = Number(text);
  if (text.startsWith('"')) {
    const at = 1 + dice.below(text.length - 1);
    const rest = text.slice(dice.percent(50) ? at : at + 1) || '"';
    return new JsonText(text.slice(0, at) + dice.pick(['', 'x', '.', '0', '\\', '\u0301']) + rest);
  }
  if (Number.isNaN(number)) return new JsonText(text === 'true' ? 'false' : 'true');
  const near = [number + 1, number - 1, number * 2, -number, number + 0.5, number * 2 ** 30];
  return new JsonText(String(dice.pick(near)));
}

function hostile(dice: Dice): JsonText {
  if (dice.percent(2)) return new JsonText(`${'['.repeat(DEEP)}${']'.repeat(DEEP)}`);
  if (dice.percent(2)) return new JsonText(`${'{"a":'.repeat(DEEP)}0${'}'.repeat(DEEP)}`);
  if (dice.percent(2)) return new JsonText(`"${'x'.repeat(LONG)}"`);
  return new JsonText(dice.pick(HOSTILE));
}
