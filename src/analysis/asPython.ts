import { Failure } from '../failure/failure';
import type { HeadSelection } from './aggregate';

/** What Python needs to find one attention weight again. */
export interface PythonRequest {
  readonly modelType: string;
  readonly folder: string;
  readonly sourceIds: readonly number[];
  /** Decoder input: start token and what was written, without the last token (teacher forcing). */
  readonly targetIds: readonly number[];
  readonly stack: 'encoder' | 'decoder' | 'cross';
  readonly layer: number | 'mean';
  readonly head: HeadSelection;
  readonly query: number;
  readonly key: number;
  /** The number as computed here, quoted in a comment. */
  readonly value: number;
}

/** Classes of Hugging Face transformers that load a model type. */
const CLASSES: Readonly<Record<string, string>> = { marian: 'MarianMTModel' };

/**
 * The transformers lines that reproduce one weight: eager attention, float32, the very token ids.
 * @throws Failure `python.unavailable` for layouts that transformers does not know
 */
export function asPython(request: PythonRequest): string {
  const className = CLASSES[request.modelType];
  if (!className) throw new Failure('python.unavailable', { modelType: request.modelType });
  const outputs = {
    encoder: 'encoder_attentions',
    decoder: 'decoder_attentions',
    cross: 'cross_attentions',
  };
  const { layer, head, query, key } = request;
  return [
    'import torch',
    `from transformers import ${className}`,
    '',
    `model = ${className}.from_pretrained(${pythonString(request.folder)}, attn_implementation="eager", dtype=torch.float32).eval()`,
    `input_ids = torch.tensor([[${request.sourceIds.join(', ')}]])`,
    `decoder_input_ids = torch.tensor([[${request.targetIds.join(', ')}]])`,
    'with torch.no_grad():',
    '    out = model(input_ids=input_ids, decoder_input_ids=decoder_input_ids, output_attentions=True)',
    `attention = ${layerExpression(`out.${outputs[request.stack]}`, layer)}  # [head, query, key]`,
    `weight = ${headExpression(layer, head)}[${query}, ${key}].item()`,
    `print(weight)  # Headlight: ${request.value}`,
    '',
  ].join('\n');
}

/** `[head, query, key]` of one layer; `[layer, head, query, key]` for the mean over layers. */
function layerExpression(attentions: string, layer: number | 'mean'): string {
  return layer === 'mean' ? `torch.stack(${attentions})[:, 0]` : `${attentions}[${layer}][0]`;
}

function headExpression(layer: number | 'mean', head: HeadSelection): string {
  if (layer !== 'mean') {
    if (typeof head === 'number') return `attention[${head}]`;
    return head === 'mean' ? 'attention.mean(0)' : 'attention.amax(0)';
  }
  if (typeof head === 'number') return `attention[:, ${head}].mean(0)`;
  return head === 'mean' ? 'attention.mean((0, 1))' : 'attention.amax(1).mean(0)';
}

/** A Python literal. JSON's escapes are Python's, except that it leaves lone surrogates alone: so does Python. */
function pythonString(text: string): string {
  return JSON.stringify(text);
}
