import { existsSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import { forEachTensor, type NamedTensor } from '../checkpointTensors';
import type { Shape } from '../shapes';
import { FLOAT32, GraphWriter, INT64 } from './graphWriter';

const LAYER_NORM_EPSILON = { bert: 1e-12, gpt2: 1e-5 } as const;

/** `step`: one token behind keys and values that are given, GPT-2 only. */
export type OnnxKind = 'forward' | 'step';

/** Names of inputs and outputs of a graph. */
export const patternName = (layer: number): string => `pattern${layer}`;
export const pastName = (part: 'keys' | 'values', layer: number): string => `${part}${layer}`;

/**
 * The model of a folder as ONNX, with each layer's attention `[1, head, query, key]` beside the answer;
 * written unless it is there. Linear maps are MatMul and Add, as exporters write them.
 * @returns the path of the file
 */
export async function writeOnnx(folder: string, shape: Shape, kind: OnnxKind): Promise<string> {
  const file = path.join(folder, `${kind}.onnx`);
  if (existsSync(file)) return file;
  const graph = new GraphWriter();
  await forEachTensor(folder, (name, tensor) => {
    const turned =
      shape.family === 'bert' && tensor.shape.length === 2 && !/embedding/.test(name)
        ? transposed(tensor)
        : tensor;
    graph.constant(name, turned.data, turned.shape);
  });
  new OnnxModel(graph, shape, kind).write();
  const handle = await open(`${file}.new`, 'w');
  try {
    for (const chunk of graph.file()) await handle.writeFile(chunk);
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  return file;
}

function transposed({ shape: [rows = 0, columns = 0], data }: NamedTensor): NamedTensor {
  const turned = new Float32Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = data[row * columns + column]!;
  return { shape: [columns, rows], data: turned };
}

class OnnxModel {
  constructor(
    private readonly graph: GraphWriter,
    private readonly shape: Shape,
    private readonly kind: OnnxKind,
  ) {}

  write(): void {
    const { graph, shape } = this;
    const { width, heads, vocabulary, family } = shape;
    const headWidth = width / heads;
    graph.constant('toHeads', BigInt64Array.from([1, -1, heads, headWidth], BigInt), [4]);
    graph.constant('toRows', BigInt64Array.from([-1, width], BigInt), [2]);
    graph.constant('rootOfWidth', Float32Array.of(Math.sqrt(headWidth)), [1]);
    graph.input('ids', INT64, ['tokens']);
    graph.input('positions', INT64, ['tokens']);
    const answer = family === 'bert' ? this.bert() : this.gpt2();
    graph.node('Identity', [answer], {}, 'answer');
    graph.output('answer', family === 'bert' ? ['tokens', width] : [1, vocabulary]);
    for (let layer = 0; layer < shape.layers; layer++)
      graph.output(patternName(layer), [1, heads, 'tokens', 'seen']);
  }

  private bert(): string {
    const { graph } = this;
    const words = graph.node('Gather', ['embeddings.word_embeddings.weight', 'ids']);
    const positions = graph.node('Gather', ['embeddings.position_embeddings.weight', 'positions']);
    graph.constant('firstType', BigInt64Array.of(0n), [1]);
    const type = graph.node('Gather', ['embeddings.token_type_embeddings.weight', 'firstType']);
    let x = this.norm(this.add(this.add(words, positions), type), 'embeddings.LayerNorm');
    for (let layer = 0; layer < this.shape.layers; layer++) {
      const block = `encoder.layer.${layer}`;
      const of = (part: string) => this.linear(x, `${block}.attention.self.${part}`);
      const q = this.heads(of('query'), [0, 2, 1, 3]);
      const k = this.heads(of('key'), [0, 2, 3, 1]);
      const v = this.heads(of('value'), [0, 2, 1, 3]);
      const mixed = this.linear(
        this.attend(layer, q, k, v, null),
        `${block}.attention.output.dense`,
      );
      const middle = this.norm(this.add(x, mixed), `${block}.attention.output.LayerNorm`);
      const inner = this.gelu(this.linear(middle, `${block}.intermediate.dense`), 'none');
      const contracted = this.linear(inner, `${block}.output.dense`);
      x = this.norm(this.add(middle, contracted), `${block}.output.LayerNorm`);
    }
    return x;
  }

  private gpt2(): string {
    const { graph, shape, kind } = this;
    const { layers, heads, width } = shape;
    const headWidth = width / heads;
    const mask = kind === 'forward' ? graph.input('mask', FLOAT32, ['tokens', 'tokens']) : null;
    const table = 'transformer.wte.weight';
    const positions = graph.node('Gather', ['transformer.wpe.weight', 'positions']);
    let x = this.add(graph.node('Gather', [table, 'ids']), positions);
    for (let layer = 0; layer < layers; layer++) {
      const block = `transformer.h.${layer}`;
      const qkv = this.linear(this.norm(x, `${block}.ln_1`), `${block}.attn.c_attn`);
      const parts = ['q', 'k', 'v'].map((part) => `${block}.${part}`);
      const [q = '', k = '', v = ''] = graph.several(
        'Split',
        [qkv],
        { axis: -1, num_outputs: 3 },
        parts,
      );
      let keys = this.heads(k, [0, 2, 3, 1]);
      let values = this.heads(v, [0, 2, 1, 3]);
      if (kind === 'step') {
        const pastKeys = pastName('keys', layer);
        const pastValues = pastName('values', layer);
        graph.input(pastKeys, FLOAT32, [1, heads, headWidth, 'past']);
        graph.input(pastValues, FLOAT32, [1, heads, 'past', headWidth]);
        keys = graph.node('Concat', [pastKeys, keys], { axis: 3 }, `${pastKeys}After`);
        values = graph.node('Concat', [pastValues, values], { axis: 2 }, `${pastValues}After`);
        graph.output(keys, [1, heads, headWidth, 'seen']);
        graph.output(values, [1, heads, 'seen', headWidth]);
      }
      const read = this.attend(layer, this.heads(q, [0, 2, 1, 3]), keys, values, mask);
      const middle = this.add(x, this.linear(read, `${block}.attn.c_proj`));
      const normed = this.norm(middle, `${block}.ln_2`);
      const inner = this.gelu(this.linear(normed, `${block}.mlp.c_fc`), 'tanh');
      x = this.add(middle, this.linear(inner, `${block}.mlp.c_proj`));
    }
    graph.constant('last', BigInt64Array.of(-1n), [1]);
    const last = this.norm(graph.node('Gather', [x, 'last'], { axis: 0 }), 'transformer.ln_f');
    return graph.node('Gemm', [last, table], { transB: 1 });
  }

  private attend(layer: number, q: string, k: string, v: string, mask: string | null): string {
    const { graph } = this;
    const scaled = graph.node('Div', [graph.node('MatMul', [q, k]), 'rootOfWidth']);
    const scores = mask === null ? scaled : this.add(scaled, mask);
    const pattern = graph.node('Softmax', [scores], { axis: -1 }, patternName(layer));
    const mixed = graph.node('MatMul', [pattern, v]);
    const byToken = graph.node('Transpose', [mixed], { perm: [0, 2, 1, 3] });
    return graph.node('Reshape', [byToken, 'toRows']);
  }

  private heads(x: string, perm: readonly number[]): string {
    return this.graph.node('Transpose', [this.graph.node('Reshape', [x, 'toHeads'])], { perm });
  }

  private linear(x: string, name: string): string {
    return this.add(this.graph.node('MatMul', [x, `${name}.weight`]), `${name}.bias`);
  }

  private norm(x: string, name: string): string {
    const epsilon = { float: LAYER_NORM_EPSILON[this.shape.family] };
    return this.graph.node('LayerNormalization', [x, `${name}.weight`, `${name}.bias`], {
      axis: -1,
      epsilon,
    });
  }

  private gelu(x: string, approximate: 'none' | 'tanh'): string {
    return this.graph.node('Gelu', [x], { approximate });
  }

  private add(a: string, b: string): string {
    return this.graph.node('Add', [a, b]);
  }
}
