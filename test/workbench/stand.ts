// Where the reader stands, as every part of the window has it. They must agree.
import assert from 'node:assert/strict';
import { fourDecimals } from '../../src/navigation/names';
import type { ScaleTheme } from '../../src/palette/weightScale';
import { tokenSpans } from './cli';
import { editorWith, pictureOf, type Span } from './editorDom';
import { eventually } from './eventually';
import { pointAt, pointAway, readHover } from './hoverDom';
import { assertPainted, spansOf, type Expected, type WeighedToken } from './paint';
import { readPanel, type PanelState } from './panelDom';
import type { Session } from './session';
import { selectedHead, statusItem } from './sidePanel';
import { readTokenTable, type TokenTable } from './tokenTable';

/** An inspected text that stands in one line of a document. */
export interface Place {
  readonly text: string;
  /** The whole line as it is now. */
  readonly line: string;
  /** Where the text begins in it. */
  readonly start: number;
  /** Folder of the model that reads it, if not the built-in one. */
  readonly model?: string;
}

export const lineOf = (text: string): Place => ({ text, line: text, start: 0 });

export interface Stand {
  /** `E2·H5` */
  readonly head: string;
  readonly token: string;
  readonly direction: 'looks at' | 'is looked at by';
  readonly specials: boolean;
}

const panelWords = { 'looks at': 'Looks at', 'is looked at by': 'Looked at by' } as const;

/** Side of the chosen token, and side that gets weights. */
export function sidesOf({ head, direction }: Stand): ['source' | 'target', 'source' | 'target'] {
  const query = head.startsWith('E') ? 'source' : 'target';
  const key = head.startsWith('D') ? 'target' : 'source';
  return direction === 'looks at' ? [query, key] : [key, query];
}

/** Chips of what stands in the text: no special tokens but those that were written there. */
const written = ({ source }: PanelState, text: string): PanelState['source'] =>
  source.filter(({ special, label }) => !special || text.includes(label));

/** Tokens of the text with their weights by a table, at their characters in the line. */
async function weighed(
  { text, start, model }: Place,
  panel: PanelState,
  table: TokenTable | null,
): Promise<WeighedToken[]> {
  const spans = await tokenSpans(text, model);
  const ordinary = written(panel, text);
  assert.equal(ordinary.length, spans.length, 'the panel shows the tokens of another text');
  return ordinary.map(({ index, label }, i) => {
    const [from, to] = spans[i] ?? [0, 0];
    const row = table?.rows.find(({ position }) => position === index);
    return { label, span: [start + from, start + to], weight: row?.exact ?? null };
  });
}

/** Panel, Token table, Heads and status item. */
export async function assertAgree(session: Session, stand: Stand): Promise<void> {
  const { head, token, direction, specials } = stand;
  const panel = await readPanel(await session.panel());
  assert.deepEqual(
    [panel.head, panel.token, panel.direction, panel.specials],
    [head, token, panelWords[direction], specials],
    'the panel',
  );
  const table = await readTokenTable(session);
  assert.deepEqual(
    [table.token, table.head, table.direction],
    [token, head, direction],
    'the table',
  );
  const [, coloured] = sidesOf(stand);
  const inPanel = panel[coloured].filter(({ weight }) => weight !== null);
  assert.deepEqual(
    inPanel.map(({ index, weight }) => [index, weight]),
    table.rows.map(({ position, weight }) => [position, weight]),
    'the same numbers in panel and table',
  );
  assert.ok(table.rows.length > 0 && table.rows.some(({ special }) => special) === specials);
  for (const { weight, exact } of table.rows) assert.equal(weight, fourDecimals(exact));
  assert.equal(await selectedHead(session.page), head, 'selected in Heads');
  const item = statusItem(session.page);
  assert.match((await item.textContent()) ?? '', new RegExp(`translate-en · ${head}$`));
  const way = direction === 'looks at' ? `What “${token}” looks at` : `What looks at “${token}”`;
  assert.ok((await item.getAttribute('aria-label'))?.includes(way), 'the status item');
}

/** The editor's colours, held against the Token table. `tokens`: from a panel that was open before. */
export async function assertColours(
  session: Session,
  place: Place,
  stand: Pick<Stand, 'head' | 'direction' | 'token'>,
  options: { theme?: ScaleTheme; tokens?: PanelState } = {},
): Promise<void> {
  const { theme = 'dark' } = options;
  const [chosen, coloured] = sidesOf({ ...stand, specials: true });
  const panel = options.tokens ?? (await readPanel(await session.panel()));
  const table = coloured === 'source' ? await readTokenTable(session) : null;
  const tokens = await weighed(place, panel, table);
  const index = panel.source.find(({ label }) => label === stand.token)?.index;
  await assertLine(session, place, tokens, table, {
    theme,
    direction: stand.direction === 'looks at' ? 'looksAt' : 'lookedAt',
    query:
      chosen === 'source'
        ? spanOfToken(written(panel, place.text), tokens, stand.token, index)
        : null,
  });
}

function spanOfToken(
  chips: PanelState['source'],
  tokens: readonly WeighedToken[],
  label: string,
  index: number | undefined,
): Span {
  const span = tokens[chips.findIndex((one) => one.index === index)]?.span;
  assert.ok(span !== undefined, `no token “${label}”`);
  return span;
}

async function assertLine(
  { page }: Session,
  { line }: Place,
  tokens: readonly WeighedToken[],
  table: TokenTable | null,
  rest: Omit<Expected, 'tokens' | 'maximum'>,
): Promise<void> {
  const picture = await pictureOf(editorWith(page, line), line, spansOf(tokens));
  const maximum = Math.max(0, ...(table?.rows ?? []).map(({ exact }) => exact));
  assertPainted(picture, { ...rest, tokens, maximum });
}

/** The hover on a token that is the chosen one: the same head, the same numbers as the table. */
export async function assertHover(session: Session, { line }: Place, stand: Stand): Promise<void> {
  const hover = await pointAt(session.page, line, stand.token);
  const { rows } = await readTokenTable(session);
  await eventually(async () => {
    const { text, links } = await readHover(hover);
    assert.ok(text.includes(`${stand.head} ${stand.direction}`), text);
    assert.ok(links.length > 0);
    for (const { position, label, weight } of links) {
      const row = rows.find((one) => one.position === position);
      assert.deepEqual([label, weight], [row?.label, row?.weight]);
    }
  });
  await pointAway(session.page);
}

/** Everything, everywhere. */
export async function agree(
  session: Session,
  place: Place,
  stand: Stand,
  options: { theme?: ScaleTheme } = {},
): Promise<void> {
  await eventually(async () => {
    await assertAgree(session, stand);
    await assertColours(session, place, stand, options);
  });
}
