// One question has one answer: twenty places in a trace, and the number for another token as the
// panel, the hover, the side panel, the copied CSV and the terminal have it.
import assert from 'node:assert/strict';
import { openFile } from '../../scripts/vscode/workbench.mjs';
import { fourDecimals } from '../../src/navigation/names';
import { cli, tokenSpans } from './cli';
import { clickWord, type Span } from './editorDom';
import { eventually } from './eventually';
import { pointAt, pointAway, readHover } from './hoverDom';
import { chips, chooseIn, completed, readPanel, rowNumbers, SOURCE, TARGET } from './panelDom';
import { drawPicks, type Pick } from './picks';
import { useSession } from './session';
import { openSidePanel, pressInTitle } from './sidePanel';
import { TIRED } from './story/sentences';
import { readTokenTable } from './tokenTable';

const PICKS = 20;
const SEED = 20_170_612;

/** `position,token,weight,norm` → weight by position; hidden ones are empty. */
function weightsOf(csv: string): Map<number, number> {
  const lines = csv.trim().split('\r\n').slice(1);
  return new Map(
    lines.flatMap((line) => {
      const [, position, weight] = /^(\d+),(?:"(?:[^"]|"")*"|[^,]*),([^,]*),/.exec(line) ?? [];
      return weight === undefined || weight === '' ? [] : [[Number(position), Number(weight)]];
    }),
  );
}

const inTerminal = (pick: Pick): Promise<string> =>
  cli(
    ...['trace', '--text', TIRED.text, '--lang', 'fra', '--row', String(pick.token)],
    ...['--stack', pick.stack, '--layer', String(pick.layer), '--head', String(pick.head)],
    ...['--direction', pick.direction === 'looksAt' ? 'looks-at' : 'looked-at'],
    ...(pick.specials ? [] : ['--hide-specials']),
  );

/** Whether a decoder's query comes at or after its key; all see all elsewhere. */
const isSeen = ({ stack, direction, token }: Pick, other: number): boolean =>
  stack !== 'decoder' || (direction === 'looksAt' ? other <= token : other >= token);

/** How the Token table names a direction: a decoder's own attention sees only what came before. */
const tableWords = (stack: Pick['stack'], direction: Pick['direction']): string => {
  if (stack === 'decoder')
    return direction === 'looksAt' ? 'looks back at' : 'is looked back at by';
  return direction === 'looksAt' ? 'looks at' : 'is looked at by';
};

describe('the same number everywhere', function () {
  this.bail(true);
  const session = useSession({ name: 'same-number' });
  let picks: readonly Pick[] = [];
  let spans: readonly Span[] = [];
  const told: string[] = [];
  after(() => console.log(told.map((line) => `      ${line}`).join('\n')));

  it('inspects a sentence', async () => {
    const { page } = session;
    await openFile(page, 'english.txt');
    await clickWord(page, TIRED.line, 'it');
    await openSidePanel(page);
    await page.keyboard.press('Control+0');
    await clickWord(page, TIRED.line, 'was');
    await page.keyboard.press('Control+Alt+h');
    const panel = await session.panel();
    await completed(panel);
    await panel.getByRole('tab', { name: 'Row' }).click();
    const { source, target } = await readPanel(panel);
    // The newest token of the output is never read.
    const sides = { source, target: target.slice(0, -1) };
    picks = drawPicks(PICKS, SEED, (side, specials) =>
      sides[side].filter(({ special }) => specials || !special).map(({ index }) => index),
    );
    spans = await tokenSpans(TIRED.text);
  });

  /** Brings everything to a place, by the panel's controls and a click on the token. */
  async function goTo({ stack, layer, head, direction, specials, token }: Pick): Promise<void> {
    const panel = await session.panel();
    const name = { encoder: 'Encoder', cross: 'Cross', decoder: 'Decoder' }[stack];
    await chooseIn(panel, 'Attention of', name);
    await chooseIn(panel, 'Layer', `L${layer}`);
    await chooseIn(panel, 'Head', `H${head}`);
    await panel
      .getByRole('button', { name: direction === 'looksAt' ? 'Looks at' : 'Looked at by' })
      .click();
    await panel.getByRole('checkbox', { name: 'Specials' }).setChecked(specials);
    const side =
      stack === 'encoder' || (stack === 'cross' && direction === 'lookedAt') ? SOURCE : TARGET;
    const chip = chips(panel, side).and(panel.locator(`[data-index="${token}"]`));
    if ((await chip.getAttribute('aria-selected')) !== 'true') await chip.click();
    await session.page.mouse.move(2, 2);
    const letter = { encoder: 'E', cross: 'C', decoder: 'D' }[stack];
    await eventually(async () => {
      const label = await chip.locator('.chip-label').innerText();
      const table = await readTokenTable(session);
      assert.deepEqual(
        [table.token, table.head, table.direction],
        [label, `${letter}${layer}·H${head}`, tableWords(stack, direction)],
      );
      assert.equal((await readPanel(panel)).specials, specials);
    });
  }

  for (let i = 0; i < PICKS; i++)
    it(`pick ${i + 1} of ${PICKS}`, async () => {
      const pick = picks[i]!;
      const { page } = session;
      const panel = await session.panel();
      // The terminal computes while VS Code is brought to the place.
      const [csv] = await Promise.all([inTerminal(pick), goTo(pick)]);
      const weights = weightsOf(csv);
      // What a causal mask hides is shown as not visible; in the row it is exactly 0.
      const seen = [...weights].filter(([at]) => isSeen(pick, at));
      for (const [at, weight] of weights) if (!isSeen(pick, at)) assert.equal(weight, 0);
      const expected = new Map(seen.map(([at, weight]) => [at, fourDecimals(weight)]));
      const inOrder = (numbers: ReadonlyMap<number, string>): [number, string][] =>
        [...numbers].toSorted(([a], [b]) => a - b);
      await eventually(async () =>
        assert.deepEqual(
          inOrder(await rowNumbers(panel)),
          [...expected],
          `the panel’s row at ${JSON.stringify(pick)}`,
        ),
      );
      await eventually(async () => {
        const { rows } = await readTokenTable(session);
        assert.deepEqual(
          rows.map(({ position, weight }) => [position, weight]),
          [...expected],
          'the Token table',
        );
        for (const { position, exact } of rows) assert.equal(exact, weights.get(position));
      });
      await pressInTitle(page, 'Token', 'Copy Row as CSV');
      await eventually(async () =>
        assert.equal(await page.evaluate(() => navigator.clipboard.readText()), csv),
      );
      const inHover = await hoverNumbers(pick);
      for (const [position, weight] of inHover)
        assert.equal(weight, expected.get(position), 'the hover');
      const choice = [...(inHover.size > 0 ? inHover : expected).keys()];
      const other = choice[Math.floor(pick.other * choice.length)]!;
      const { source, target } = await readPanel(panel);
      const [own, across] = labelsOf(pick, source, target);
      told.push(
        [
          `${pick.stack} L${pick.layer} H${pick.head}`.padEnd(14),
          (pick.direction === 'looksAt' ? 'looks at' : 'looked at by').padEnd(12),
          (pick.specials ? 'shown' : 'hidden').padEnd(6),
          `${own[pick.token]?.label} → ${across[other]?.label}`.padEnd(20),
          `panel, table ${expected.get(other)}`,
          `hover ${(inHover.get(other) ?? '–').padEnd(6)}`,
          `CSV, terminal ${weights.get(other)}`,
        ].join('  '),
      );
    });

  /** Of the hover on the chosen token, where it stands in the text. */
  async function hoverNumbers(pick: Pick): Promise<ReadonlyMap<number, string>> {
    const { source } = await readPanel(await session.panel());
    const ordinary = source.filter(({ special }) => !special);
    const span = spans[ordinary.findIndex(({ index }) => index === pick.token)];
    if (pick.stack === 'decoder' || span === undefined) return new Map();
    if (pick.stack === 'cross' && pick.direction === 'looksAt') return new Map();
    const { links } = await readHover(await pointAt(session.page, TIRED.line, span));
    await pointAway(session.page);
    assert.ok(links.length > 0, 'the hover lists nothing');
    return new Map(links.map(({ position, weight }) => [position, weight]));
  }
});

type Labelled = readonly { readonly label: string }[];

/** Tokens of the chosen side and of the one across. */
function labelsOf(
  { stack, direction }: Pick,
  source: Labelled,
  target: Labelled,
): readonly [Labelled, Labelled] {
  const query = stack === 'encoder' ? source : target;
  const key = stack === 'decoder' ? target : source;
  return direction === 'looksAt' ? [query, key] : [key, query];
}
