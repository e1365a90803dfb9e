/** Answers to what the page asks, from a fixture and how many output tokens are written so far. */
import type { MatrixAddress, RowAddress, Side, Stack, Unit } from '../../src/protocol/address';
import type { Answer, Query } from '../../src/protocol/queries';
import { keySide, querySide } from '../../src/protocol/stacks';
import { groupsOf, type TokenGroup } from '../../src/protocol/words';
import type { Token } from '../../src/protocol/trace';
import type { Picture, WireTensor } from '../../src/protocol/wireTensor';
import { biasOf, candidatesAt, encodingOf, rotationOf } from './fakePositions';
import { effectOf, likenessOf, reachOf, scoresOf, shiftOf, wavesOf } from './fakePositionTheory';
import type { Fixture } from './fixture';

const POOLED = 128;
const LARGEST_PICTURE = 1024;

const tensor = (shape: number[], values: ArrayLike<number>): WireTensor => ({
  shape,
  data: Float32Array.from(values).buffer,
});

function pictureOf(matrices: number[][][], most: number): Picture {
  const queries = matrices[0]?.length ?? 0;
  const keys = matrices[0]?.[0]?.length ?? 0;
  const rows = Math.min(most, queries);
  const columns = Math.min(most, keys);
  const data = new Uint8Array(matrices.length * rows * columns);
  const maxima = matrices.map((matrix) =>
    matrix.flat().reduce((top, weight) => Math.max(top, weight), 0),
  );
  matrices.forEach((matrix, head) => {
    const pooled = new Float64Array(rows * columns);
    matrix.forEach((weights, query) =>
      weights.forEach((weight, key) => {
        const at =
          Math.floor((query * rows) / queries) * columns + Math.floor((key * columns) / keys);
        pooled[at] = Math.max(pooled[at] ?? 0, weight);
      }),
    );
    pooled.forEach((weight, at) => {
      const coded = Math.round(255 * Math.sqrt(weight / (maxima[head] || 1)));
      data[head * rows * columns + at] = coded;
    });
  });
  const size = { heads: matrices.length, rows, columns, queries, keys };
  return { ...size, maxima, approximate: false, data: data.buffer };
}

export class FakeAnswers {
  constructor(
    private readonly fixture: Fixture,
    /** Steps of the decoder so far. */
    private readonly steps: () => number,
  ) {}

  /** The overview picture of a layer. */
  overview(stack: Stack, layer: number): Picture {
    const heads = (this.fixture.attention[stack][layer] ?? []).map((matrix) =>
      this.grown(stack, matrix),
    );
    return pictureOf(heads, POOLED);
  }

  /** What exists of a matrix after so many steps. */
  private grown(stack: Stack, matrix: number[][]): number[][] {
    if (this.querySide(stack) === 'source') return matrix;
    const rows = matrix.slice(0, this.steps());
    return stack === 'cross' ? rows : rows.map((row) => row.slice(0, this.steps()));
  }

  private querySide(stack: Stack): Side {
    return querySide(this.fixture.plan.model.architecture, stack);
  }

  private keySide(stack: Stack): Side {
    return keySide(this.fixture.plan.model.architecture, stack);
  }

  /** A word's row is the mean of its tokens' rows, its column the sum of their columns. */
  private matrix(address: MatrixAddress): number[][] {
    const matrix = this.tokenMatrix(address);
    if (address.unit === 'token') return matrix;
    const rows = this.groups(this.querySide(address.stack), address, matrix.length);
    const columns = this.groups(this.keySide(address.stack), address, matrix[0]?.length ?? 0);
    const sum = (row: readonly number[], { first, last }: TokenGroup): number =>
      row.slice(first, last + 1).reduce((total, weight) => total + weight, 0);
    return rows.map((group) => {
      const own = matrix.slice(group.first, group.last + 1);
      return columns.map(
        (column) => own.reduce((total, row) => total + sum(row, column), 0) / own.length,
      );
    });
  }

  private groups(side: Side, { unit }: MatrixAddress, count: number): readonly TokenGroup[] {
    return groupsOf(this.tokens(side).slice(0, count), unit);
  }

  private tokenMatrix({ stack, layer, head, hideSpecials }: MatrixAddress): number[][] {
    const fixture = this.fixture;
    const stacks = fixture.attention[stack];
    const layers = layer === 'mean' ? stacks : [stacks[layer] ?? []];
    const heads = layers.flatMap((all) => (typeof head === 'number' ? [all[head] ?? []] : all));
    const first = this.grown(stack, heads[0] ?? []);
    const combined = first.map((row, query) =>
      row.map((_, key) => {
        const values = heads.map((matrix) => matrix[query]?.[key] ?? 0);
        if (head === 'max') return Math.max(...values);
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      }),
    );
    if (!hideSpecials) return combined;
    const hidden = this.specials(this.keySide(stack), 'token');
    return combined.map((row) => {
      const shown = row.reduce((sum, weight, key) => sum + (hidden[key] === true ? 0 : weight), 0);
      return row.map((weight, key) => (hidden[key] === true ? 0 : weight / (shown || 1)));
    });
  }

  private tokens(side: Side): Token[] {
    const { plan, written } = this.fixture;
    return side === 'source' ? plan.source : [...plan.target, ...written.map(({ token }) => token)];
  }

  private specials(side: Side, unit: Unit): boolean[] {
    const tokens = this.tokens(side);
    return groupsOf(tokens, unit).map(({ first }) => tokens[first]?.special === true);
  }

  private row(address: RowAddress): Answer<'row'> {
    const { stack, direction, token, hideSpecials, unit } = address;
    const pick = (matrix: number[][]): number[] =>
      direction === 'looksAt' ? (matrix[token] ?? []) : matrix.map((row) => row[token] ?? 0);
    const plain = pick(this.matrix({ ...address, hideSpecials: false }));
    const side = direction === 'looksAt' ? this.keySide(stack) : this.querySide(stack);
    const special = this.specials(side, unit);
    const weights = pick(this.matrix(address)).map((weight, i) =>
      hideSpecials && special[i] === true ? Number.NaN : weight,
    );
    const norms = plain.map((weight, i) => weight * (1 + 0.5 * Math.sin(3 * i)));
    const hidden = plain.reduce((sum, weight, i) => sum + (special[i] === true ? weight : 0), 0);
    return {
      weights: tensor([weights.length], weights),
      norms: tensor([norms.length], norms),
      hidden: hideSpecials ? Math.min(1, hidden) : 0,
      approximate: false,
    };
  }

  private encoding(position: number): number[] {
    return encodingOf(this.fixture.plan, position);
  }

  value(query: Query): unknown {
    switch (query.name) {
      case 'row':
        return this.row(query.question);
      case 'matrix':
        return pictureOf([this.matrix(query.question)], LARGEST_PICTURE);
      case 'positions': {
        const { from, to } = query.question;
        const rows = Array.from({ length: to - from }, (_, i) => this.encoding(from + i));
        return {
          table: tensor([rows.length, this.fixture.plan.model.dModel], rows.flat()),
          count: to,
        };
      }
      case 'positionCurve': {
        const { side, origin } = query.question;
        const here = this.encoding(origin);
        const count = side === 'source' ? this.fixture.plan.source.length : this.steps();
        const products = Array.from({ length: count }, (_, position) =>
          this.encoding(position).reduce((sum, value, i) => sum + value * (here[i] ?? 0), 0),
        );
        return tensor([count], products);
      }
      case 'matrixRows': {
        const { from, to } = query.question;
        const { stack, unit, hideSpecials: hide } = query.question;
        const special = this.specials(this.keySide(stack), unit);
        const rows = this.matrix(query.question)
          .slice(from, to)
          .map((row) => row.map((weight, key) => (hide && special[key] ? Number.NaN : weight)));
        return tensor([to - from, rows[0]?.length ?? 0], rows.flat());
      }
      case 'rotation': {
        const { positionKind } = this.fixture.plan.model;
        if (positionKind.kind !== 'rotary') throw new Error('Nothing is turned.');
        return rotationOf(positionKind, query.question);
      }
      case 'positionBias': {
        const side = this.querySide(query.question.stack);
        return biasOf(this.fixture.plan, this.tokens(side).length, query.question);
      }
      case 'positionWaves':
        return wavesOf(this.fixture.plan, query.question);
      case 'positionReach':
        return reachOf(this.fixture.plan);
      case 'positionShift':
        return shiftOf(this.fixture.plan, query.question);
      case 'positionScores':
        return scoresOf(this.fixture.plan, query.question);
      case 'distanceEffect':
        return effectOf(this.fixture.plan, query.question);
      case 'tokenPair':
        return likenessOf(this.fixture.plan, query.question);
      case 'candidates':
        return candidatesAt(this.fixture.plan, query.question);
      case 'heads':
      case 'focus':
      default:
        throw new Error(`No fixture answers ${query.name}.`);
    }
  }
}
