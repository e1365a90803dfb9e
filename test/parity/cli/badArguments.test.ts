import assert from 'node:assert/strict';
import path from 'node:path';
import { assertRefused } from './assertRefused';
import { runCli, Workspace } from './runCli';

const MARIAN = path.resolve('test/fixtures/reference/marian');

describe('bad arguments: exit 2, one line, nothing written', () => {
  const workspace = new Workspace();
  const out = workspace.file('never.safetensors');
  after(() => workspace.remove());

  /** Arguments, and what the message must say. */
  const ARGUMENTS: [string, string[], RegExp][] = [
    ['no command', [], /trace, tokenize, score/],
    ['unknown command', ['trcae'], /“trcae”.*trace, tokenize, score/],
    ['unknown option', ['trace', '--txet', 'a'], /no option --txet.*--text/],
    ['short option', ['trace', '-t', 'a'], /no option -t/],
    [
      'option of another command',
      ['tokenize', '--text', 'a', '--out', out],
      /tokenize has no option --out/,
    ],
    ['value missing', ['trace', '--text'], /--text needs a value/],
    ['value is an option', ['trace', '--text', '--out', out], /--text needs a value/],
    ['option twice', ['trace', '--text', 'a', '--text', 'b'], /--text is given twice/],
    ['stray word', ['trace', '--text', 'two', 'words'], /“words” belongs to no option/],
    [
      'flag with a value',
      ['tokenize', '--text', 'a', '--no-special=1'],
      /--no-special takes no value/,
    ],
    ['neither text nor ids', ['trace'], /--text.*--ids/],
    ['both text and ids', ['trace', '--text', 'a', '--ids', 'x'], /--text and --ids exclude/],
    ['ids without out', ['trace', '--ids', 'x.json'], /--ids works only with --out/],
    [
      'beams without generate',
      ['trace', '--text', 'a', '--beams', '3'],
      /--beams works only with --generate/,
    ],
    [
      'capture without out',
      ['trace', '--text', 'a', '--capture', 'logits'],
      /--capture works only with --out/,
    ],
    [
      'ids with a language',
      ['trace', '--ids', 'x', '--lang', 'fra', '--out', out],
      /--ids and --lang/,
    ],
    [
      'target and generate',
      ['trace', '--text', 'a', '--target', 'b', '--generate', '3'],
      /--generate and --target/,
    ],
    [
      'table options for a file',
      ['trace', '--text', 'a', '--head', '1', '--out', out],
      /--out and --head/,
    ],
    ['row for a file', ['trace', '--text', 'a', '--row', '1', '--out', out], /--out and --row/],
    ['row of the table', ['trace', '--text', 'a', '--row', '1', '--top', '2'], /--row and --top/],
    [
      'stack without row',
      ['trace', '--text', 'a', '--stack', 'cross'],
      /--stack works only with --row/,
    ],
    ['row not a number', ['trace', '--text', 'a', '--row', 'it'], /--row is “it”.*0 to/],
    [
      'unknown stack',
      ['trace', '--text', 'a', '--row', '1', '--stack', 'both'],
      /--stack is “both”.*encoder, decoder, cross/,
    ],
    [
      'a head of all layers',
      ['trace', '--text', 'a', '--row', '1', '--head', '3'],
      /--head 3 works only with --layer N/,
    ],
    ['row beyond the text', ['trace', '--text', 'a', '--row', '99'], /no token 99.*0 to/],
    [
      'row of a hidden token',
      ['trace', '--text', 'a', '--lang', 'fra', '--row', '0', '--hide-specials'],
      /--row is 0, a special token/,
    ],
    ['generate 0', ['trace', '--text', 'a', '--generate', '0'], /--generate is “0”.*1 to/],
    ['generate -1', ['trace', '--text', 'a', '--generate', '-1'], /--generate is “-1”/],
    ['generate 1.5', ['trace', '--text', 'a', '--generate', '1.5'], /--generate is “1.5”/],
    ['generate many', ['trace', '--text', 'a', '--generate', '1e9'], /--generate is “1e9”/],
    [
      'beams 0',
      ['trace', '--text', 'a', '--generate', '3', '--beams', '0'],
      /--beams is “0”.*1 to 64/,
    ],
    ['layer first', ['trace', '--text', 'a', '--layer', 'first'], /--layer is “first”.*mean/],
    ['top 0', ['trace', '--text', 'a', '--top', '0'], /--top is “0”/],
    ['layer beyond the model', ['trace', '--text', 'a', '--layer', '3'], /no layer 3.*0 to 2/],
    ['head beyond the model', ['trace', '--text', 'a', '--head', '8'], /no head 8.*0 to 7/],
    ['empty text', ['trace', '--text', ''], /no text/],
    ['blank text', ['trace', '--text', ' \n\t'], /no text/],
    ['50,000 characters', ['trace', '--text', 'a '.repeat(25_000)], /50000 characters.*20000/],
    [
      'beyond the positions',
      ['trace', '--text', 'the animal '.repeat(400)],
      /tokens.*256 positions/,
    ],
    ['unknown language', ['trace', '--text', 'a', '--lang', 'deu'], /“deu”.*fra, cmn/],
    ['unknown language in the text', ['trace', '--text', '>>deu<< a'], /“deu”.*fra, cmn/],
    [
      'no folder',
      ['trace', '--text', 'a', '--model', '/nonexistent/x'],
      /no folder \/nonexistent\/x/,
    ],
    [
      'a file for a folder',
      ['trace', '--text', 'a', '--model', path.join(MARIAN, 'config.json')],
      /no folder/,
    ],
    [
      'no tokenizer',
      ['trace', '--text', 'a', '--model', MARIAN],
      /no tokenizer in .*neither tokenizer.json/,
    ],
    [
      'output folder missing',
      ['trace', '--text', 'a', '--out', '/nonexistent/x'],
      /\/nonexistent\/x cannot be written \(ENOENT\)/,
    ],
    [
      'output is a folder',
      ['trace', '--text', 'a', '--out', workspace.folder],
      /cannot be written \(EISDIR\)/,
    ],
    [
      'ids file missing',
      ['trace', '--ids', '/nonexistent/x', '--out', out],
      /\/nonexistent\/x cannot be read/,
    ],
    ['no text for tokenize', ['tokenize'], /--text.*--json-lines/],
    [
      'two texts for tokenize',
      ['tokenize', '--text', 'a', '--text-file', 'b'],
      /--text and --text-file/,
    ],
    [
      'text file missing',
      ['tokenize', '--text-file', '/nonexistent/x'],
      /\/nonexistent\/x cannot be read/,
    ],
  ];

  for (const [what, args, message] of ARGUMENTS) {
    it(what, () => assertRefused(workspace, args, message));
  }

  it('says it in Chinese where the terminal is Chinese', () => {
    const { code, err } = runCli(['trace', '--ids', 'x.json'], { LANG: 'zh_CN.UTF-8' });
    assert.equal(code, 2);
    assert.match(err, /--ids.*\p{Script=Han}.*--out/u);
    const english = runCli(['trace', '--ids', 'x.json'], { LANG: 'zh_TW.UTF-8' });
    assert.doesNotMatch(english.err, /\p{Script=Han}/u);
  });
});
