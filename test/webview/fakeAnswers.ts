/** Answers to what the page asks, from a fixture and how many output tokens are written so far. */
import type { MatrixAddress, RowAddress, Stack } from '../../src/protocol/address';
import type { Query } from '../../src/protocol/queries';
import type { Picture, WireTensor } from '../../src/protocol/wireTensor';
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
  return { heads: matrices.length, rows, columns, queries, keys, maxima, data: data.buffer };
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
    if (stack === 'encoder') return matrix;
    const rows = matrix.slice(0, this.steps());
    return stack === 'cross' ? rows : rows.map((row) => row.slice(0, this.steps()));
  }

  private matrix({ stack, layer, head, hideSpecials }: MatrixAddress): number[][] {
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
    const hidden = this.specials(stack === 'decoder' ? 'target' : 'source');
    return combined.map((row) => {
      const shown = row.reduce((sum, weight, key) => sum + (hidden[key] === true ? 0 : weight), 0);
      return row.map((weight, key) => (hidden[key] === true ? 0 : weight / (shown || 1)));
    });
  }

  private specials(side: 'source' | 'target'): boolean[] {
    const { plan, written } = this.fixture;
    const tokens =
      side === 'source' ? plan.source : [...plan.target, ...written.map(({ token }) => token)];
    return tokens.map(({ special }) => special);
  }

  private row(address: RowAddress): { weights: WireTensor; norms: WireTensor; hidden: number } {
    const { stack, direction, token, hideSpecials } = address;
    const pick = (matrix: number[][]): number[] =>
      direction === 'looksAt' ? (matrix[token] ?? []) : matrix.map((row) => row[token] ?? 0);
    const plain = pick(this.matrix({ ...address, hideSpecials: false }));
    const side =
      direction === 'looksAt'
        ? stack === 'decoder'
          ? 'target'
          : 'source'
        : stack === 'encoder'
          ? 'source'
          : 'target';
    const special = this.specials(side);
    const weights = pick(this.matrix(address)).map((weight, i) =>
      hideSpecials && special[i] === true ? Number.NaN : weight,
    );
    const norms = plain.map((weight, i) => weight * (1 + 0.5 * Math.sin(3 * i)));
    const hidden = plain.reduce((sum, weight, i) => sum + (special[i] === true ? weight : 0), 0);
    return {
      weights: tensor([weights.length], weights),
      norms: tensor([norms.length], norms),
      hidden: hideSpecials ? Math.min(1, hidden) : 0,
    };
  }

  private encoding(position: number): number[] {
    const { dModel } = this.fixture.plan.model;
    const half = dModel / 2;
    return Array.from({ length: dModel }, (_, i) => {
      const angle = position / 10_000 ** ((2 * (i % half)) / dModel);
      return i < half ? Math.sin(angle) : Math.cos(angle);
    });
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
          layout: 'halves',
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
        const special = this.specials(query.question.stack === 'decoder' ? 'target' : 'source');
        const hide = query.question.hideSpecials;
        const rows = this.matrix(query.question)
          .slice(from, to)
          .map((row) => row.map((weight, key) => (hide && special[key] ? Number.NaN : weight)));
        return tensor([to - from, rows[0]?.length ?? 0], rows.flat());
      }
      case 'heads':
      case 'focus':
      case 'python':
        throw new Error(`The page does not ask ${query.name}.`);
    }
  }
}
