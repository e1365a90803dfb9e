import { corpusFailureMessages } from './corpusFailureMessages';
import { engineFailureMessages } from './engineFailureMessages';
import { writingFailureMessages } from './writingFailureMessages';

/**
 * Every failure there is: its code and what it tells a person in English. Each says what is wrong,
 * where, and what to do. Translations are keyed by the English text (`l10n/bundle.l10n.*.json`).
 */
export const failureMessages = {
  'internal.unexpected':
    'Something went wrong inside Headlight: {reason}. Run “Headlight: Self-Test” and report what it says.',
  'run.cancelled': 'The run was cancelled.',

  'checkpoint.missing':
    'There is no {file} in {folder}. Choose the folder that holds config.json and model.safetensors.',
  'checkpoint.truncated':
    '{file} is cut short: {size} bytes are there, its header asks for {expected}. Copy or download the file again.',
  'checkpoint.header':
    '{file} does not begin with a JSON object, as it must. Copy or download the file again.',
  'checkpoint.headerTooLong':
    '{file} claims a header of {length} bytes; at most {limit} are read. Copy or download the file again.',
  'checkpoint.duplicateName': '{file} names “{name}” twice. Copy or download the file again.',
  'checkpoint.entry': '{file} has no valid entry for “{name}”. Copy or download the file again.',
  'checkpoint.tensorBytes':
    'Tensor {tensor} in {file} has {actual} bytes; its shape and type need {expected}. Copy or download the file again.',
  'checkpoint.overlap':
    'Tensor {tensor} in {file} overlaps another tensor. Copy or download the file again.',
  'checkpoint.gap':
    'In {file} a gap of {bytes} bytes stands before tensor {tensor}. Copy or download the file again.',
  'checkpoint.trailing':
    '{file} goes on for {bytes} bytes after its last tensor. Copy or download the file again.',
  'checkpoint.shardCount':
    '{file} names {count} files; at most {limit} are read. Use a model with fewer shards.',
  'checkpoint.folder':
    'There is no folder {folder}. Choose the folder that holds config.json and model.safetensors.',
  'checkpoint.link':
    '{file} in {folder} is a link that leads out of the folder; only links within it, or into the blobs of its own Hugging Face cache, are followed. Put the file itself into the folder.',
  'checkpoint.text':
    '{file} in {folder} is not UTF-8 text. Restore the file that came with the model.',
  'checkpoint.textTooLong':
    '{file} in {folder} has {size} bytes; at most {limit} are read. Restore the file that came with the model.',
  'checkpoint.unreadable':
    '{file} in {folder} cannot be read ({reason}). Check the permissions of the file.',
  'checkpoint.dtype':
    'Tensor {tensor} in {file} is stored as {dtype}, which is not supported. Convert it to F32, F16 or BF16.',
  'checkpoint.tensorMissing':
    'Tensor {tensor} is missing from the weights in {folder}; the closest name there is {nearest}. The checkpoint does not fit its config.json: use the files of one and the same model.',
  'checkpoint.tensorShape':
    'Tensor {tensor} in {file} has shape [{actual}], but config.json asks for [{expected}]. Use the files of one and the same model.',
  'checkpoint.pathOutside':
    'The shard index of {folder} names “{file}”, which is not a plain file name. Use an index that names files of its own folder.',
  'open.file':
    '{file} in {folder} is no part of a model that Headlight reads. Choose its config.json, a .safetensors file, or the folder that holds them.',
  'open.snapshots':
    '{folder} holds several snapshots, and refs/main names none of them. Choose one of the folders in snapshots.',
  'open.elsewhere':
    '{place} is not on a disk of the machine that Headlight runs on. Copy the model there and open the copy.',

  'checkpoint.format':
    '{folder} holds {found} but no model.safetensors, and Headlight opens no pickles, since they can run code. If you trust the file, convert it with transformers: M.from_pretrained(folder).save_pretrained(folder, safe_serialization=True), where M is the class that config.json names under “architectures”.',
  'checkpoint.jsonDepth':
    '{file} nests lists and objects more than {limit} deep. Restore the file that came with the model.',
  'checkpoint.jsonValues':
    '{file} holds more than {limit} values. Restore the file that came with the model.',
  'checkpoint.headersTooLong':
    'The {count} shards in {folder} have headers of more than {limit} bytes together. Copy or download the files again.',
  'checkpoint.shardMissing':
    '{missing} of the {count} shards of the model in {folder} are missing, among them {file}. Copy or download these files too.',
  'checkpoint.shardLacks':
    'The shard index of {folder} places tensor {tensor} in {file}, which does not hold it. Copy or download the index and the shards of one and the same model.',
  'checkpoint.tensorTwice':
    'Tensor {tensor} is both in {file} and in {other}. Use the shards of one and the same model.',
  'checkpoint.noTensors':
    'The weights in {folder} hold no tensors at all. Copy or download model.safetensors again.',
  'checkpoint.linkBroken':
    '{file} in {folder} is a link that leads to no file. Download the model again, or put the file itself into the folder.',
  'checkpoint.changed':
    '{file} in {folder} was replaced while it was being opened. Wait until nothing writes to the folder, then try again.',
  'checkpoint.framework':
    '{folder} holds {found} but no model.safetensors. Convert it with transformers 4: M.from_pretrained(folder, {option}).save_pretrained(folder, safe_serialization=True), where M is the class that config.json names under “architectures”.',
  'checkpoint.otherForm':
    '{folder} holds {found} but no model.safetensors. Such files are made from a checkpoint for other programs and do not convert back exactly: download the original checkpoint, with config.json and model.safetensors, and open its folder.',
  'checkpoint.otherName':
    '{folder} holds {found}, but neither model.safetensors nor model.safetensors.index.json, and no weights of another name are opened. Rename a single file to model.safetensors; for several, download their index too.',
  'checkpoint.adapter':
    '{folder} holds {found}, which is an adapter: changes to another model. Merge it first with peft: AutoPeftModelForCausalLM.from_pretrained(folder).merge_and_unload().save_pretrained(merged), then open that folder.',

  'config.json':
    '{file} in {folder} is not valid: {reason}. Restore the file that came with the model.',
  'config.family':
    'Model type “{modelType}” is not supported. Supported: {known}. Choose a model of one of these types.',
  'config.option':
    'config.json sets {option} to {value}, which this model family does not support here. Supported: {supported}.',
  'config.count':
    'config.json: {option} is {value}; it must be a whole number of at least {least}. Restore the file that came with the model.',
  'config.number':
    'config.json: {option} is {value}; it must be a number. Restore the file that came with the model.',
  'config.positive':
    'config.json: {option} is {value}; it must be a number above 0. Restore the file that came with the model.',
  'config.flag':
    'config.json: {option} is {value}; it must be true or false. Restore the file that came with the model.',
  'config.tokens':
    'config.json: {option} is {value}; it must be a token id or a list of token ids. Restore the file that came with the model.',
  'config.text':
    'config.json: {option} is {value}; it must be a text. Restore the file that came with the model.',
  'config.texts':
    'config.json: {option} is {value}; it must be a list of texts. Restore the file that came with the model.',
  'config.object':
    'config.json: {option} is {value}; it must be an object. Restore the file that came with the model.',
  'config.heads':
    'config.json: {option} is {value}, which does not divide {whole}. Restore the file that came with the model.',

  'tokenizer.missing':
    'There is no tokenizer in {folder}: neither tokenizer.json nor vocab.txt nor vocab.json with merges.txt. Export it with transformers: AutoTokenizer.from_pretrained(folder).save_pretrained(folder).',
  'tokenizer.sentencePiece':
    'The tokenizer in {folder} is only there as {file}, a SentencePiece file, which cannot be read. Convert it once with transformers: AutoTokenizer.from_pretrained(folder, use_fast=True).save_pretrained(folder) writes tokenizer.json.',
  'tokenizer.kind':
    'There is no tokenizer.json in {folder}, and how the vocabulary of {kind} is used is not known. Convert it once with transformers: AutoTokenizer.from_pretrained(folder, use_fast=True).save_pretrained(folder) writes tokenizer.json.',
  'tokenizer.invalid':
    'The tokenizer in {folder} cannot be used: {reason}. Restore the files that came with the model.',
  'tokenizer.noPair':
    'The tokenizer in {folder} has no template for two texts. Select one text only.',
  'tokenizer.foreign':
    'The tokenizer does not belong to this model: it has {tokens} tokens, the model {vocabulary}. Put the tokenizer.json of the same model into {folder}.',

  'input.unreadable': '{file} cannot be read: {reason}. Check its name and that you may read it.',
  'input.tooLong':
    '{file} goes on for more than {limit} bytes, the most that is read. Split it into smaller files.',
  'input.encoding': '{file} is not UTF-8 text. Save it as UTF-8 and try again.',
  'input.line':
    'Line {line} of {file} is not a JSON string. Write one JSON string a line, like "Hello".',

  'text.empty': 'There is no text to inspect. Select some text, or put the cursor into a sentence.',
  'text.tooLong':
    'The selection has {characters} characters; at most {limit} can be inspected at once. Select a shorter passage.',
  'text.selections':
    'There are {count} selections; at most {limit} can be read together. Select one text, or two as a pair: a question and the text it is about.',
  'text.tooManyTokens':
    'The text has {tokens} tokens; this model has {limit} positions. Select a shorter passage.',
  'text.loneSurrogate':
    'The text holds half a character (a lone surrogate) at position {position}. Correct or leave out that character.',
  'text.language': 'Language “{language}” is not known to this model. Known: {known}.',
  'text.languageNotSupported': 'This model has no language switch. Run it without a language.',

  ...engineFailureMessages,
  ...writingFailureMessages,
  ...corpusFailureMessages,

  'notice.beyondTraining':
    'The text has {tokens} tokens; this model was trained on texts of fewer than {limit}. Expect poor output.',
  'notice.outputLimit': 'The output was stopped after {limit} tokens.',
  'notice.copied': 'Copied to the clipboard.',
  'notice.saved': 'Saved to {file}.',

  'reveal.changed':
    'The text was changed in {file} since it was inspected, so its words cannot be shown there. Inspect it again.',
  'cli.noCommand': 'No command is given. Commands: {known}. Run headlight --help for examples.',
  'cli.command': 'There is no command “{command}”. Commands: {known}.',
  'cli.option': '{command} has no option {option}. Its options: {known}.',
  'cli.missingValue': '{option} needs a value. Run headlight --help for examples.',
  'cli.needlessValue': '{option} takes no value. Leave out “{value}”.',
  'cli.twice': '{option} is given twice. Give it once.',
  'cli.stray': '“{argument}” belongs to no option. Put a text with spaces into quotes.',
  'cli.number': '{option} is “{value}”. Give a whole number from {least} to {most}.',
  'cli.numberOrWord': '{option} is “{value}”. Give a whole number from 0 up, or one of: {words}.',
  'cli.word': '{option} is “{value}”. Give one of: {words}.',
  'cli.hiddenToken':
    '--row is {value}, a special token, and --hide-specials leaves those out. Choose another token or leave --hide-specials out.',
  'cli.needs': '{option} works only with {other}. Add {other} or leave {option} out.',
  'cli.conflict': '{option} and {other} exclude each other. Leave one of them out.',
  'cli.oneOf': 'Neither {option} nor {other} is given. Add one of them.',
  'cli.capped':
    '--generate asks for {asked} tokens; the model has positions for {limit}. At most {limit} are written.',
  'cli.output': '{file} cannot be written ({reason}). Give a path in a folder you may write to.',
  'cli.outputKind': '{file} is a device or a pipe. Give the name of a file.',
  'cli.outputInput': '{file} is read here, and would be lost. Give --out another name.',

  'ids.size': '{file} has {size} bytes; at most {limit} are read. Split it into smaller batches.',
  'ids.json': '{file} is not a JSON object. Give token ids like {"input_ids": [[3, 14, 1]]}.',
  'ids.key': '{file} has an unknown key “{key}”. Known: {known}.',
  'ids.rows':
    '{file}: {key} is not a list of lists of whole numbers, each with at least one. Give it like [[3, 14, 1]].',
  'ids.ragged':
    '{file}: row {row} of {key} has {actual} numbers, row 0 has {expected}. Pad the rows to one length and add a mask.',
  'ids.shape': '{file}: {key} is [{actual}], but {other} is [{expected}]. Make them equal.',
  'ids.batch': '{file}: {key} has {actual} rows, but {other} has {expected}. Give as many rows.',
  'ids.mask': '{file}: {key} holds {value}. Use 1 for tokens and 0 for padding only.',
  'ids.token': '{file}: {key} holds {value}; token ids of this model go from 0 to {last}.',
  'ids.range':
    '{file}: {key} holds {value}; this model takes numbers from {first} to {last}. Correct it.',
  'ids.tooLong':
    '{file}: {key} is {length} tokens long; this model has {limit} positions. Shorten it.',
  'ids.required':
    '{file} has no {key}. Add it, or use --generate N where the model shall write it.',
  'ids.promptMask':
    '{file}: with --generate, decoder_attention_mask may hold only 1. Leave padding out of decoder_input_ids.',
  'ids.unsupported': '{file}: {key} is no input of a “{modelType}” model. Remove it.',

  'capture.unknown':
    '--capture: this model has no “{name}”. Use attentions, hidden_states, logits, positional_encoding or a hook such as {example}.',
  'capture.unavailable': '--capture: a “{modelType}” model has no {name}. Leave it out.',

  'cli.cannotGenerate':
    '--generate: {modelType} writes no text. Leave it out, or open a model that continues or translates texts.',
  'cli.noTarget':
    '--target: {modelType} has no decoder beside an encoder, so there is nothing to give it. Leave it out.',
  'notice.unusedTensors':
    '{count} tensors of the checkpoint are not used by this model: {names}. If that surprises you, check that config.json and the weights belong together.',
  'notice.previewError':
    'The 8-bit preview was off by at most {largest} (mean {mean}) on this text; all numbers are exact now.',
  'preview.writes':
    'No 8-bit preview: this model writes its output token by token, and with approximate numbers it might write something else.',
  'preview.quick':
    'No 8-bit preview: this model reads a text of this length too quickly for one to help.',
  'preview.kernels':
    'No 8-bit preview: Headlight’s own kernels are not in use here. See the setting “headlight.engine.kernels”.',
  'preview.memory':
    'No 8-bit preview: it needs {needed} MB more memory, and {available} MB are free. Close other programs or choose a smaller model to have one.',
  'trace.gone': 'This inspection is no longer in memory. Run “Headlight: Inspect Selection” again.',
  'trace.none':
    'Nothing is inspected yet. Select some text and run “Headlight: Inspect Selection”, then open this view again.',
  'trace.notCaptured': 'Layer {layer} is not computed yet. Wait for it, or run the text again.',
  'trace.approximate':
    'There are only approximate numbers (8-bit preview) so far. Wait for the exact ones, or run the text again if the run has ended.',
  'trace.noLayer': 'This inspection has no layer {value}. Choose one from 0 to {last}.',
  'trace.noHead': 'This inspection has no head {value}. Choose one from 0 to {last}.',
  'trace.noToken': 'This inspection has no token {value} there. Choose one from 0 to {last}.',
  'trace.noStack': 'This model has no {stack} attention. Choose one of: {known}.',
  'trace.range': '{count} rows are too many for one answer. Ask for at most {limit}.',
  'trace.noPositionTable':
    'This model adds no position encodings to its embeddings ({kind}). Choose another view.',
  'trace.noRotation': 'This model does not rotate queries and keys ({kind}). Choose another view.',
  'trace.noPositionBias':
    'Positions add nothing to the scores of this attention ({kind}). Choose another view.',
  'trace.noCandidates':
    'This model predicts no tokens of the text it reads, so there are no candidates. Open one that fills masks or continues a text.',
  'model.notNumbers':
    'The model computes values that are no numbers (NaN or infinite): its weights are damaged or overflow. Copy or download model.safetensors again.',
  'model.noTokenType':
    'Token type {type} is not among those of this model (0 to {last}). Change token_type_ids.',
  'model.noPosition':
    'Position {position} is not among those of this model (0 to {last}). Use a shorter text, or change position_ids.',
  'variation.noPosition':
    'Moved on by {by}, a token would stand at position {position}; this model has positions 0 to {last}. Move by less, or use a shorter text.',
  'variation.noToken':
    'Tokens {first} and {second} cannot change places: the model reads {tokens} tokens at once here. Choose two of these.',
  'model.noTokenId':
    'The model has no token with id {id}; its ids go from 0 to {last}. Use the tokenizer of the same model.',
  'trace.starting': 'The model is getting ready; weights appear as soon as there are some.',
  'trace.awaited': 'Not computed yet; it appears as soon as it is.',
  'trace.ended':
    'The run ended before this was computed. Run it again, or choose an earlier layer.',
  'trace.noChoice': 'Put the cursor on a word of the inspected text to see its weights.',
  'trace.hidden': '“{token}” is a special token, and these are hidden.',
  'trace.justWritten': '“{token}” was just written; its weights exist once the model reads it.',
  'trace.neverRead':
    '“{token}” was written last: the model stopped before reading it, so it has no weights of its own.',
  'trace.noNorm': 'There is no norm of its own here. Choose another one of this layer.',
  'trace.notRead':
    'The last token was written but never read, so it has no attention of its own. Choose an earlier one.',
  'link.unreadable':
    'This link does not describe a view that Headlight knows. Copy it again from the panel, whole.',
  'link.nothing': 'There is no view to link to yet. Inspect a text first.',
  'link.model':
    'The link needs the model “{model}”, which is not among yours. Choose its folder in the setting “headlight.defaultModel”, then open the link again.',
  'link.changed':
    'The document of this link is not to be had, or it holds another text there now. Open the right version of it, then open the link again.',
  'notice.linkCopied': 'The link to this view is in the clipboard.',
  'notice.linkWithoutWriting':
    'The link to this view is in the clipboard. It lets the model write in its own way: what was given for the output is too long for a link.',
  'tour.noWord': 'There is no word “{word}” in “{text}”. Write it as it stands in the sentence.',
  'change.noMask':
    'This model has no mask over later tokens: its text is read in both directions. Choose another change.',
  'change.noCross':
    'The encoder reads its own text alone, so it has no cross-attention. Choose a layer of the decoder.',
  'change.noText':
    'This model writes no text of its own here. Choose a change and look at its other results.',
  'change.nothingLater':
    'While a text is written there are no later tokens yet, so lifting the mask changes nothing then: the text stays as it was. The probabilities show what the future would have changed.',
  'change.otherTokens':
    'This change speaks of tokens of the output, and an output written anew may have others there. The probabilities of the tokens that were written show what it does.',
  'change.noEmbeddingScale':
    'This model does not scale its embeddings, so there is no factor to leave out. Choose another change.',
  'python.unavailable':
    'Model type “{modelType}” has no counterpart in Hugging Face transformers, so there are no lines to copy.',
} as const;

export type FailureCode = keyof typeof failureMessages;
