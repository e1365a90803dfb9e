/** Failures of letting a model write, and of scoring what was written. */
export const writingFailureMessages = {
  'generation.option':
    '{file} sets {option} to {value}, which is not supported for generation. Remove the option to go on without it.',
  'generation.token':
    '{file}: {option} is {value}; it must be a token id. Restore the file that came with the model.',
  'generation.tokens':
    '{file}: {option} is {value}; it must be a token id or a list of token ids. Restore the file that came with the model.',
  'generation.sequences':
    '{file}: {option} is {value}; it must be a list of lists of token ids. Restore the file that came with the model.',
  'generation.count':
    '{file}: {option} is {value}; it must be a whole number of at least 0. Restore the file that came with the model.',
  'generation.positiveCount':
    '{file}: {option} is {value}; it must be a whole number of at least 1. Restore the file that came with the model.',
  'generation.number':
    '{file}: {option} is {value}; it must be a number. Restore the file that came with the model.',
  'generation.positive':
    '{file}: {option} is {value}; it must be a number above 0. Restore the file that came with the model.',
  'generation.flag':
    '{file}: {option} is {value}; it must be true or false. Restore the file that came with the model.',
  'generation.noChoice':
    'The options for generation forbid every token at place {position} of the output. Correct forced_bos_token_id, forced_eos_token_id, bad_words_ids and suppress_tokens in generation_config.json and config.json.',
  'generation.noStart':
    'Neither generation_config.json nor config.json says with which token the output begins. Set decoder_start_token_id in generation_config.json.',
  'trace.noOutput':
    'The model only read this text: it has written nothing that could be opened. Let it continue the text first.',
  'writing.noOutput':
    '{model} writes no text: it has no decoder that says next tokens. Choose a translator, a summariser or a language model.',
  'writing.nothing':
    'Nothing is written yet. Run “Headlight: Let the Model Write…”, or wait for the first token.',
  'writing.noToken':
    'The vocabulary of {model} has no token {id}; its ids go from 0 to {last}. Branch from an output of the same model.',
  'writing.noText':
    'The text to be given has no tokens in the vocabulary of {model}. Type another text.',
  'writing.longText':
    'The text to be given has {characters} characters; at most {limit} are read at once. Give a shorter text.',
  'writing.tooLong': '{tokens} tokens are given for the output; {limit} fit. Give a shorter text.',

  'score.noLines': '{file} has no lines. Give a file with one sentence a line.',
  'score.lineCounts':
    '{file} has {lines} lines, {other} has {others}. Give files whose lines belong together, one sentence a line.',
  'score.lineTokens':
    'Line {line} of {file} has {tokens} tokens; this model has {limit} positions. Split or shorten that line.',
  'score.lineLength':
    'Line {line} of {file} has {characters} characters; at most {limit} are read at once. Split or shorten that line.',
  'score.noLanguage':
    'No --lang is given, and lines name no language; they are read as they stand. Languages of this model: {known}.',
  'change.given':
    'This output was given, not written: there is nothing to write anew. Let the model write, and change that.',
  'change.beams':
    'A beam search follows several texts at once: it is not written anew with a change. Write greedily or by sampling, and change that.',
} as const;
