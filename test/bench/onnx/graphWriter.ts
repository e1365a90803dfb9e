import { blob, float, integer, message, text, type Field } from './protobuf';

/** Data types of ONNX. */
export const FLOAT32 = 1;
export const INT64 = 7;

const IR_VERSION = 9;
/** The first operator set with Gelu. */
const OPSET = 20;

/** Sizes, or names of sizes that differ from run to run. */
export type Dimensions = readonly (number | string)[];
type Attribute = number | string | readonly number[] | { readonly float: number };

/** Collects an ONNX graph; field numbers are those of onnx.proto3. */
export class GraphWriter {
  private readonly nodes: Field[] = [];
  private readonly constants: Field[] = [];
  private readonly inputs: Field[] = [];
  private readonly outputs: Field[] = [];
  private made = 0;

  input(name: string, type: number, dimensions: Dimensions): string {
    this.inputs.push(valueInfo(11, name, type, dimensions));
    return name;
  }

  output(name: string, dimensions: Dimensions): void {
    this.outputs.push(valueInfo(12, name, FLOAT32, dimensions));
  }

  constant(name: string, data: Float32Array | BigInt64Array, shape: readonly number[]): string {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const type = data instanceof Float32Array ? FLOAT32 : INT64;
    const dimensions = shape.map((length) => integer(1, length));
    const raw = blob(9, [bytes]);
    this.constants.push(message(5, ...dimensions, integer(2, type), text(8, name), raw));
    return name;
  }

  /** @returns the name of what the operation makes */
  node(
    operation: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    output = `made${this.made++}`,
  ): string {
    const [made = output] = this.several(operation, inputs, attributes, [output]);
    return made;
  }

  /** An operation that makes several. */
  several(
    operation: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>>,
    outputs: readonly string[],
  ): readonly string[] {
    this.nodes.push(
      message(
        1,
        ...inputs.map((input) => text(1, input)),
        ...outputs.map((output) => text(2, output)),
        text(3, `node${this.nodes.length}`),
        text(4, operation),
        ...Object.entries(attributes).map(([name, value]) => attributeField(name, value)),
      ),
    );
    return outputs;
  }

  /** The file as chunks in order. */
  file(): readonly Uint8Array[] {
    const graph = message(
      7,
      ...this.nodes,
      text(2, 'forward'),
      ...this.constants,
      ...this.inputs,
      ...this.outputs,
    );
    return [integer(1, IR_VERSION), message(8, text(1, ''), integer(2, OPSET)), graph].flat();
  }
}

function attributeField(name: string, value: Attribute): Field {
  const fields =
    typeof value === 'number'
      ? [integer(3, value), integer(20, 2)]
      : typeof value === 'string'
        ? [text(4, value), integer(20, 3)]
        : 'float' in value
          ? [float(2, value.float), integer(20, 1)]
          : [...value.map((entry) => integer(8, entry)), integer(20, 7)];
  return message(5, text(1, name), ...fields);
}

function valueInfo(field: number, name: string, type: number, dimensions: Dimensions): Field {
  const sizes = dimensions.map((size) =>
    message(1, typeof size === 'string' ? text(2, size) : integer(1, size)),
  );
  return message(
    field,
    text(1, name),
    message(2, message(1, integer(1, type), message(2, ...sizes))),
  );
}
