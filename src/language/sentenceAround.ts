/**
 * The sentence around a cursor, so that "Inspect Selection" works without a selection. `[start, end)`
 * in UTF-16 units, without white space at its edges; empty if there is nothing but white space.
 */
export function sentenceAround(
  text: string,
  offset: number,
): readonly [start: number, end: number] {
  const cursor = Math.min(Math.max(offset, 0), text.length);
  const [from, to] = paragraphAround(text, cursor);
  const sentences = sentencesOf(text.slice(from, to));
  const within = cursor - from;
  // Between two sentences the cursor belongs to the one it follows, unless it stands before a word.
  const found =
    sentences.find(([start, end]) => start <= within && within < end) ??
    sentences.findLast(([, end]) => end <= within) ??
    sentences[0];
  return found ? [from + found[0], from + found[1]] : [cursor, cursor];
}

/** Farthest from the cursor that is looked for the ends of a paragraph: files of one endless line exist. */
const reach = 10_000;

/**
 * The lines around the cursor up to an empty line, or to a line that begins something new: a heading,
 * list item, quotation or code fence.
 */
function paragraphAround(text: string, cursor: number): readonly [number, number] {
  let [start, end] = lineAround(text, cursor);
  const low = wholeCharacter(text, Math.max(0, cursor - reach));
  const high = wholeCharacter(text, Math.min(text.length, cursor + reach));
  if (isBlank(text.slice(start, end))) return [start, end];
  while (start > low && !startsBlock.test(text.slice(start, end))) {
    const [before] = lineAround(text, start - 1);
    const line = text.slice(before, start - 1);
    if (isBlank(line) || standsAlone.test(line)) break;
    start = before;
  }
  while (end < high && !standsAlone.test(text.slice(lineAround(text, end)[0], end))) {
    const [, after] = lineAround(text, end + 1);
    const line = text.slice(end + 1, after);
    if (isBlank(line) || startsBlock.test(line)) break;
    end = after;
  }
  return [Math.max(start, low), Math.min(end, high)];
}

/** The place itself, or one further on if it cuts a character in two. */
const wholeCharacter = (text: string, at: number): number =>
  /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1)) ? at + 1 : at;

const isBlank = (line: string): boolean => line.trim() === '';
/** A heading, list item, quotation or code fence of Markdown, AsciiDoc and the like begins a paragraph. */
const startsBlock = /^\s*(?:#{1,6}\s|={1,6}\s|[-*+•]\s|\d{1,3}[.)]\s|>|```|~~~)/;
/** A heading or fence is a paragraph by itself. */
const standsAlone = /^\s*(?:#{1,6}\s|={1,6}\s|```|~~~)/;

/** The line without its line feed. */
function lineAround(text: string, at: number): [number, number] {
  const start = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return [start, end === -1 ? text.length : end];
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

function sentencesOf(paragraph: string): [number, number][] {
  // In wrapped text a line break is no more than a space; Unicode's rules would end the sentence there.
  const flowing = paragraph.replace(/[\r\n]/g, ' ');
  const sentences: [number, number][] = [];
  let open = false;
  for (const { segment, index } of segmenter.segment(flowing)) {
    const end = index + segment.trimEnd().length;
    const start = index + (segment.length - segment.trimStart().length);
    if (start >= end) continue;
    const last = sentences.at(-1);
    if (open && last) last[1] = end;
    else sentences.push([start, end]);
    open = endsInAbbreviation.test(segment.trimEnd());
  }
  return sentences;
}

/**
 * A full stop after these (English, French, German) ends no sentence though a capital letter follows; nor
 * one after a single initial. Words that are both (no., art., fig.) only count before a number, which
 * Unicode's rules do not break at anyway.
 */
const endsInAbbreviation =
  /(?:^|[\s([{"'“‘«])(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|St|Sr|Jr|Gen|Col|Capt|Lt|Sgt|Gov|Sen|Rep|Pres|Mt|Ft|vs|cf|al|e\.g|i\.e|viz|approx|MM|Mme|Mlle|Hr|Fr|z\.B|d\.h|bzw|\p{Lu}|(?:\p{Lu}\.)+\p{Lu})\.$/u;
