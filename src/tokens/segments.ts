/**
 * UTF-16 units handed to a segmenter at once. V8's looks through its whole text again for every
 * piece: 170,000 characters in one go take it ten seconds, in windows a fraction of one.
 */
const WINDOW = 4096;
/**
 * Pieces at the end of a window that the text behind it may still change. Unicode's rules look two
 * pieces ahead (`3` `.` before `14`); the dictionaries, which weigh a run as a whole, a few more.
 */
const UNSETTLED = 16;

/** A stretch that a segmenter found, and where it begins. */
interface Segment {
  readonly segment: string;
  readonly index: number;
}

/**
 * The pieces a segmenter cuts a text into, read in windows that each begin where a piece does. They
 * are those of the text in one go, but for words in more than a window of Chinese or Thai without
 * any mark between.
 */
export function* segmentsOf(text: string, segmenter: Intl.Segmenter): Generator<Segment> {
  let width = WINDOW;
  for (let start = 0; start < text.length;) {
    const found = [...segmenter.segment(text.slice(start, start + width))];
    const atEnd = start + width >= text.length;
    const settled = found.slice(0, atEnd ? found.length : -UNSETTLED);
    for (const { segment, index } of settled) yield { segment, index: start + index };
    const last = settled.at(-1);
    start += last ? last.index + last.segment.length : 0;
    // Pieces so long that a window holds few of them: a wider one.
    width = last ? WINDOW : width * 2;
  }
}
