import assert from 'node:assert/strict';
import { asPython, type PythonRequest } from '../../../src/analysis/asPython';

const BERT: PythonRequest = {
  architecture: 'encoder',
  modelType: 'bert',
  className: 'BertForMaskedLM',
  folder: '/models/my "bert"',
  sourceIds: [101, 7, 102],
  typeIds: [0, 0, 1],
  targetIds: [],
  stack: 'encoder',
  layer: 2,
  head: 1,
  query: 1,
  key: 2,
  value: 0.25,
};
const GPT: PythonRequest = {
  ...BERT,
  architecture: 'decoder',
  modelType: 'gpt2',
  className: 'GPT2LMHeadModel',
  typeIds: null,
  stack: 'decoder',
};
const T5: PythonRequest = {
  ...GPT,
  architecture: 'encoderDecoder',
  modelType: 't5',
  className: 'T5ForConditionalGeneration',
  targetIds: [0, 5],
  stack: 'cross',
};

describe('the transformers lines for a weight', () => {
  it('of an encoder: class, ids, kinds of token, and its attention', () => {
    assert.equal(
      asPython(BERT),
      `import torch
import transformers

model_class = getattr(transformers, "BertForMaskedLM", transformers.AutoModel)
model = model_class.from_pretrained("/models/my \\"bert\\"", attn_implementation="eager", dtype=torch.float32).eval()
input_ids = torch.tensor([[101, 7, 102]])
attention_mask = torch.ones_like(input_ids)
token_type_ids = torch.tensor([[0, 0, 1]])
with torch.no_grad():
    out = model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids, output_attentions=True)
attention = out.attentions[2][0]  # [head, query, key]
weight = attention[1][1, 2].item()
print(weight)  # Headlight: 0.25
`,
    );
  });

  it('of a decoder by itself: the same output, no kinds of token', () => {
    const code = asPython({ ...GPT, layer: 'mean', head: 'max' });
    assert.match(code, /torch\.stack\(out\.attentions\)\[:, 0\] {2}# \[layer, head, query, key\]/);
    assert.match(code, /attention\.amax\(1\)\.mean\(0\)\[1, 2\]/);
    assert.doesNotMatch(code, /token_type_ids|decoder_input_ids/);
  });

  it('of both: the stack’s output, and what the decoder reads', () => {
    for (const stack of ['encoder', 'decoder', 'cross'] as const)
      assert.match(
        asPython({ ...T5, stack }),
        new RegExp(`out\\.${stack}_attentions\\[2\\]\\[0\\]`),
      );
    assert.match(asPython(T5), /decoder_input_ids=decoder_input_ids/);
  });

  it('a class that wants more than token ids, or none: the base model', () => {
    for (const request of [
      { ...BERT, className: '' },
      { ...BERT, className: 'BertForMultipleChoice' },
      { ...T5, className: 'BartForSequenceClassification' },
    ])
      assert.match(asPython(request), /^model_class = transformers\.AutoModel$/m);
  });

  it('text of the folder’s files never becomes code', () => {
    const className = '"); import os; os.remove("x")\nModel';
    const code = asPython({ ...BERT, className });
    assert.ok(code.includes(`getattr(transformers, ${JSON.stringify(className)}, `));
  });

  it('there are none for the paper’s own layout', () => {
    assert.throws(
      () => asPython({ ...T5, modelType: 'transformer' }),
      /python\.unavailable.*"modelType":"transformer"/,
    );
  });
});
