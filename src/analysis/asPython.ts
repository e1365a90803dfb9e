import { Failure } from '../failure/failure';
import type { HeadSelection } from './aggregate';

/** What Python needs to find one attention weight again. */
export interface PythonRequest {
  readonly architecture: 'encoder' | 'decoder' | 'encoderDecoder';
  readonly modelType: string;
  /** As the folder's config.json names it: anything may stand there. Empty: nothing does. */
  readonly className: string;
  readonly folder: string;
  readonly sourceIds: readonly number[];
  /** token_type_ids; null: the model takes none. */
  readonly typeIds: readonly number[] | null;
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

/** Layouts that Hugging Face transformers does not know: the paper's own. */
const WITHOUT_COUNTERPART: ReadonlySet<string> = new Set(['transformer']);

/**
 * Classes that read plain token ids. Others want choices or labels beside them, or (with two stacks)
 * one text in both; the base model, which `AutoModel` finds, has the same attention.
 */
const PLAIN_CLASS = {
  one: /(ForMaskedLM|ForCausalLM|ForPreTraining|ForSequenceClassification|ForTokenClassification|ForQuestionAnswering|Model)$/,
  two: /(ForConditionalGeneration|Model)$/,
} as const;

/**
 * The transformers lines that reproduce one weight: eager attention, float32, the very token ids.
 * @throws Failure `python.unavailable` for layouts that transformers does not know
 */
export function asPython(request: PythonRequest): string {
  const { architecture, modelType, folder, typeIds, layer, head, query, key } = request;
  if (WITHOUT_COUNTERPART.has(modelType)) throw new Failure('python.unavailable', { modelType });
  const inputs = [
    ['input_ids', idsExpression(request.sourceIds)],
    ['attention_mask', 'torch.ones_like(input_ids)'],
  ];
  if (typeIds) inputs.push(['token_type_ids', idsExpression(typeIds)]);
  if (architecture === 'encoderDecoder')
    inputs.push(['decoder_input_ids', idsExpression(request.targetIds)]);
  return [
    'import torch',
    'import transformers',
    '',
    `model_class = ${classExpression(request)}`,
    `model = model_class.from_pretrained(${pythonString(folder)}, attn_implementation="eager", dtype=torch.float32).eval()`,
    ...inputs.map(([name, value]) => `${name} = ${value}`),
    'with torch.no_grad():',
    `    out = model(${inputs.map(([name]) => `${name}=${name}`).join(', ')}, output_attentions=True)`,
    `attention = ${layerExpression(`out.${outputOf(request)}`, layer)}  # [${layer === 'mean' ? 'layer, ' : ''}head, query, key]`,
    `weight = ${headExpression(layer, head)}[${query}, ${key}].item()`,
    `print(weight)  # Headlight: ${request.value}`,
    '',
  ].join('\n');
}

/** Older folders name classes that transformers has no more. */
function classExpression({ architecture, className }: PythonRequest): string {
  const plain = PLAIN_CLASS[architecture === 'encoderDecoder' ? 'two' : 'one'];
  if (!plain.test(className)) return 'transformers.AutoModel';
  return `getattr(transformers, ${pythonString(className)}, transformers.AutoModel)`;
}

function outputOf({ architecture, stack }: PythonRequest): string {
  return architecture === 'encoderDecoder' ? `${stack}_attentions` : 'attentions';
}

const idsExpression = (ids: readonly number[]): string => `torch.tensor([[${ids.join(', ')}]])`;

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
