import { BASELINES } from './engines';
import type { BenchRecord, Ceiling, Contest, Times } from './record';
import { operationsOfForward, operationsOfStep, SHAPES, type Shape } from './shapes';
import { growthExponent, median, pairedRatio } from './statistics';
import { targetRows } from './targets';

const MB = 2 ** 20;
/** Digits that the noise of a shared machine leaves. */
const DIGITS = 3;

const count = new Intl.NumberFormat('en');
const number = (value: number): string =>
  Number.isNaN(value) ? '–' : Number(value.toPrecision(DIGITS)).toString();
const percent = (share: number): string =>
  Number.isNaN(share) ? '–' : `${(100 * share).toFixed(0)} %`;
const megabytes = (bytes: number): string => (bytes / MB).toFixed(0);

/** A table in Markdown; the first column is words, the others are numbers, unless the last is words, too. */
function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  last: 'numbers' | 'words' = 'numbers',
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const isWords = (column: number): boolean =>
    column === 0 || (last === 'words' && column === head.length - 1);
  const rule = head.map((_, column) => (isWords(column) ? '---' : '--:'));
  return [head, rule, ...rows].map(line).join('\n');
}

/** Everything that was found out, as Markdown. */
export function report(record: BenchRecord): string {
  const shapes = SHAPES.filter(({ name }) => record.contests.some(({ shape }) => shape === name));
  return [
    machineWords(record),
    participantsTable(record),
    ...targets(record),
    ...shapes.flatMap((shape) => [
      `## ${shape.title}`,
      ...new ShapeReport(record, shape).sections(),
    ]),
    '## Ceiling of WebAssembly here: billions of operations a second',
    table(
      ['arithmetic', 'threads', '10⁹ / s'],
      record.ceilings.map(({ what, threads, gops }) => [what, String(threads), gops.toFixed(0)]),
    ),
    ...figures(record),
  ].join('\n\n');
}

function machineWords({ machine }: BenchRecord): string {
  const { processor, cores, memoryGb, system, node, v8, load, date } = machine;
  const day = date === null ? '' : `, ${date}`;
  return `${processor}, ${cores} cores, ${memoryGb} GB, ${system}; Node.js ${node} (V8 ${v8}); load ${load.toFixed(1)} at the start${day}`;
}

const participantsTable = ({ participants }: BenchRecord): string =>
  table(
    ['engine', 'threads', 'what it is'],
    participants.map(({ id, title, threads, about, absent }) => [
      `\`${id}\` ${title}`,
      String(threads),
      absent === null ? about : `absent: ${absent.split('\n')[0]}`,
    ]),
    'words',
  );

function targets(record: BenchRecord): string[] {
  const rows = targetRows(record);
  if (rows.length === 0) return [];
  return ['## Targets, for two cores', table(['what', 'ratio', 'at most', ''], rows, 'words')];
}

function figures({ figures: found }: BenchRecord): string[] {
  if (found.length === 0) return [];
  const rows = found.map(({ what, value, unit, how }) => [
    what,
    value === null ? '–' : `${number(value)} ${unit}`,
    how,
  ]);
  return ['## Other figures', table(['what', 'value', 'how'], rows, 'words')];
}

/** What was found out about one shape. */
class ShapeReport {
  constructor(
    private readonly record: BenchRecord,
    private readonly shape: Shape,
  ) {}

  sections(): string[] {
    const forwards = this.contests('forward');
    const steps = this.contests('step');
    return [
      ...this.timesSection('Forward pass, every attention matrix returned: ms', forwards, true),
      ...this.firstLayerSection(forwards),
      ...this.ratioSection('Forward pass', forwards),
      ...this.shareSection(forwards),
      ...this.timesSection('A token behind a cache of so many: ms', steps, false),
      ...this.ratioSection('A token behind a cache', steps),
      ...this.memorySection(forwards),
      ...this.loadSection(),
      ...this.differenceSection(),
    ];
  }

  private contests(kind: Contest['kind']): Contest[] {
    return this.record.contests.filter(
      (contest) => contest.shape === this.shape.name && contest.kind === kind,
    );
  }

  /** A row an engine, a column a length. */
  private grid(
    contests: readonly Contest[],
    cell: (times: Times, contest: Contest) => string,
    last?: (engine: string) => string,
  ): string[][] {
    return this.record.participants
      .filter(({ id }) => contests.some(({ times }) => timesOf(times, id)))
      .map(({ id }) => [
        `\`${id}\``,
        ...contests.map((contest) => {
          const times = timesOf(contest.times, id);
          return times ? cell(times, contest) : '–';
        }),
        ...(last ? [last(id)] : []),
      ]);
  }

  private timesSection(title: string, contests: readonly Contest[], grows: boolean): string[] {
    if (contests.length === 0) return [];
    const exponent = (engine: string): string => {
      const points = contests.flatMap(({ length, times }) => {
        const found = timesOf(times, engine);
        return found ? [{ length, ms: median(found.turns.flat()) }] : [];
      });
      return points.length > 1 ? growthExponent(points).toFixed(2) : '–';
    };
    const cell = ({ turns }: Times): string =>
      `${number(median(turns.flat()))} (${number(Math.min(...turns.flat()))})`;
    return [
      `${title}, median (best)`,
      table(
        ['engine', ...lengthsOf(contests), ...(grows ? ['grows as Nᵖ, p'] : [])],
        this.grid(contests, cell, grows ? exponent : undefined),
      ),
    ];
  }

  private firstLayerSection(contests: readonly Contest[]): string[] {
    if (contests.length === 0) return [];
    return [
      'Until the first layer’s attention is there: ms, median',
      table(
        ['engine', ...lengthsOf(contests)],
        this.grid(contests, ({ firstLayer }) => number(median(firstLayer.flat()))),
      ),
    ];
  }

  /** Ours against the others, round by round. */
  private ratioSection(title: string, contests: readonly Contest[]): string[] {
    const present = this.record.participants.filter(({ id }) =>
      contests.some(({ times }) => timesOf(times, id)),
    );
    const others = [...BASELINES, 'ort-node', 'tfjs-threads'];
    const rows = present
      .filter(({ id }) => id.startsWith('own'))
      .flatMap(({ id }) =>
        others
          .filter((other) => present.some((one) => one.id === other))
          .map((other) => [
            `\`${id}\` ÷ \`${other}\``,
            ...contests.map(({ times }) => ratioOf(times, id, other)),
          ]),
      );
    if (rows.length === 0) return [];
    return [
      `${title}: time ÷ time within a round, median of the rounds`,
      table(['ratio', ...lengthsOf(contests)], rows),
    ];
  }

  /** Of engines in WebAssembly; others have wider registers. */
  private shareSection(contests: readonly Contest[]): string[] {
    const { ceilings, participants } = this.record;
    if (contests.length === 0 || ceilings.length === 0) return [];
    const cell = (times: Times, { kind, length }: Contest): string => {
      const operations =
        kind === 'step'
          ? operationsOfStep(this.shape, length)
          : operationsOfForward(this.shape, length);
      const gops = operations / median(times.turns.flat()) / 1e6;
      const participant = participants.find(({ id }) => id === times.engine);
      const ceiling = ceilingOf(ceilings, times.engine, participant?.threads ?? 1);
      return ceiling === undefined
        ? gops.toFixed(0)
        : `${gops.toFixed(0)} (${percent(gops / ceiling.gops)})`;
    };
    return [
      'Billions of necessary operations a second (share of the ceiling of the arithmetic it uses)',
      table(['engine', ...lengthsOf(contests)], this.grid(contests, cell)),
    ];
  }

  private memorySection(contests: readonly Contest[]): string[] {
    if (contests.length === 0) return [];
    return [
      'Most resident memory of the engine’s process up to that length: MB',
      table(
        ['engine', ...lengthsOf(contests)],
        this.grid(contests, ({ peakBytes }) => megabytes(peakBytes)),
      ),
    ];
  }

  private loadSection(): string[] {
    const contests = this.contests('load');
    if (contests.length === 0) return [];
    const cell = ({ turns, peakBytes }: Times): string =>
      `${number(median(turns.flat()))} | ${megabytes(peakBytes)}`;
    return [
      'Loading the model from files in the page cache',
      table(['engine', 'ms', 'peak MB'], this.grid(contests, cell)),
    ];
  }

  private differenceSection(): string[] {
    const found = this.record.differences.filter(({ shape }) => shape === this.shape.name);
    const [first] = found;
    if (!first) return [];
    return [
      `Largest difference of an attention weight from stock TensorFlow.js’s, ${first.length} tokens`,
      table(
        ['engine', 'difference'],
        found.map(({ engine, largest }) => [`\`${engine}\``, largest.toExponential(1)]),
      ),
    ];
  }
}

const timesOf = (times: readonly Times[], engine: string): Times | undefined =>
  times.find((one) => one.engine === engine);

const lengthsOf = (contests: readonly Contest[]): string[] =>
  contests.map(({ length }) => count.format(length));

function ratioOf(times: readonly Times[], mine: string, other: string): string {
  const [a, b] = [timesOf(times, mine), timesOf(times, other)];
  return a && b ? pairedRatio(a.turns, b.turns).toFixed(2) : '–';
}

/** What the arithmetic of an engine can reach; undefined: it is no WebAssembly. */
function ceilingOf(
  ceilings: readonly Ceiling[],
  engine: string,
  threads: number,
): Ceiling | undefined {
  if (engine === 'torch' || engine === 'ort-node') return undefined;
  const arithmetic =
    engine === 'own-int8' ? /^8 bit/ : /^own(-1t)?$/.test(engine) ? /fused/ : /multiply, add/;
  return ceilings.find((one) => arithmetic.test(one.what) && one.threads === threads);
}
