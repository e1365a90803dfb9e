/**
 * JSON as it can be written rather than as JavaScript can hold it: objects with a key twice, numbers
 * of any size, and pieces of text that are no JSON at all.
 */
export type JsonNode = JsonList | JsonMap | JsonText;

export class JsonText {
  constructor(readonly text: string) {}
}
export class JsonList {
  constructor(readonly items: JsonNode[]) {}
}
export class JsonMap {
  /** Keys as written, with their quotes. */
  constructor(readonly entries: [key: string, value: JsonNode][]) {}
}

export function parseTree(json: string): JsonNode {
  return treeOf(JSON.parse(json));
}

function treeOf(value: unknown): JsonNode {
  if (Array.isArray(value)) return new JsonList(value.map(treeOf));
  if (typeof value !== 'object' || value === null) return new JsonText(JSON.stringify(value));
  const entries = Object.entries(value);
  return new JsonMap(entries.map(([key, child]) => [JSON.stringify(key), treeOf(child)]));
}

export function writeTree(node: JsonNode): string {
  if (node instanceof JsonText) return node.text;
  if (node instanceof JsonList) return `[${node.items.map(writeTree).join()}]`;
  return `{${node.entries.map(([key, child]) => `${key}:${writeTree(child)}`).join()}}`;
}
