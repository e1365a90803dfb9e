/**
 * Longest text of one inspection in UTF-16 units. At about four characters a token it is far beyond
 * the positions of any model here, so that a file selected by mistake is refused before it travels.
 */
export const MAX_TEXT_CHARACTERS = 20_000;

/**
 * Tokens a text of the built-in model's training had at most (`MAX_TOKENS_PER_SIDE` of its
 * `training/train.py`): longer pairs were left out.
 */
export const BUILT_IN_TRAINED_TOKENS = 64;
