/** Failures of translating a file of sentences. */
export const corpusFailureMessages = {
  'corpus.noTab':
    'Line {line} of {file} has no tab. Write the sentence, a tab and its reference on every line; or write one sentence a line, without tabs, and have the references in a second file.',
  'corpus.notUtf8': 'Line {line} of {file} is not UTF-8 text. Save the file with that encoding.',
  'corpus.tooLarge':
    '{file} has {megabytes} MB; at most {limit} MB are translated at once. Split it into smaller files.',
  'corpus.unreadable': '{file} cannot be read: {reason}. Check its name and that you may read it.',
  'corpus.unsaved':
    '{file} lies in no folder that the translations could be written to. Save it as a file first.',
  'corpus.unwritable':
    '{file} cannot be written ({reason}). Make room, or copy the sentences into a folder that may be written to.',
  'corpus.running':
    '{file} is being translated. Wait for its end, or cancel it in its notification, and start again.',
  'corpus.noSentence': 'There is no sentence on this line.',
  'corpus.noResult': 'These scores are no longer in the list. Score the file again.',
} as const;
