import type { Translate } from '../language/translate';

/** What `--help` prints. Command lines are the same in every language. */
export function help(t: Translate): string {
  return `${t('Headlight in the terminal: watch a Transformer read and write.')}

headlight trace [--model DIR] --text TEXT [--pair TEXT] [--lang TAG]
                [--target TEXT | --generate N [--beams K]] [--layer N|mean] [--head N|mean|max] [--top K]
    ${t('Prints every token’s strongest links and what the model writes.')}

headlight trace [--model DIR] --text TEXT [--lang TAG] [--target TEXT | --generate N [--beams K]]
                --row TOKEN [--stack encoder|decoder|cross] [--layer N|mean] [--head N|mean|max]
                [--direction looks-at|looked-at] [--hide-specials] [--unit token|word]
    ${t('Prints what one token looks at, or is looked at by, as CSV: the panel’s “Copy row as CSV”. Tokens count from 0.')}

headlight trace [--model DIR] (--text TEXT … | --ids FILE.json [--generate N [--beams K]])
                --out OUT.safetensors [--capture LIST]
    ${t('Writes attention and other values as tensors. LIST: attentions, hidden_states, logits, positional_encoding, hooks.')}

headlight trace … [--threads N] [--kernels own|stock] [--no-relaxed-simd] [--no-shared-memory]
    ${t('How it is computed: on how many threads, with Headlight’s own kernels or those of TensorFlow.js, without what the processor or Node.js offers.')}

headlight trace … [--preview int8]
    ${t('Has 8-bit weights read the text first, and tells how far they were off; all that is printed is exact.')}

headlight tokenize [--model DIR] (--text TEXT | --text-file FILE | --json-lines FILE) [--no-special]
    ${t('Prints ids, tokens, spans and words as JSON.')}

headlight score --hypothesis FILE --reference FILE [--reference FILE …] [--tokenize 13a|zh]
    ${t('Prints BLEU and chrF by sacreBLEU’s definitions as JSON. The files hold one sentence a line.')}

headlight score [--model DIR] --source FILE --reference FILE … [--lang TAG] [--beams K]
                [--tokenize 13a|zh] [--out HYPOTHESES.txt]
    ${t('Has the model translate the lines first, greedily or with K beams, and keeps them in a file if one is named.')}

${t('Without --model the built-in translator is used. Exit codes: 0 done, 2 bad arguments or input, 1 a failure of Headlight itself.')}
`;
}
