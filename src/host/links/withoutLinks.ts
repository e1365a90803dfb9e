/**
 * VS Code makes `[words](command:…)` in a message a link that runs the command. Ours quote what came
 * from outside: a link's name for a model, a file's name, a token.
 */
export const withoutLinks = (words: string): string => words.replaceAll('](', '] (');
