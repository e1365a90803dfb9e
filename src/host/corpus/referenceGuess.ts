/** Which file may hold the references of another, by their names alone. Pure. */

/** How people call the texts that a translator should have written. */
const REFERENCE_WORDS = new Set([
  'ref',
  'refs',
  'reference',
  'references',
  'tgt',
  'target',
  'gold',
]);
/** What Headlight wrote itself is no reference. */
const OUR_WORDS = new Set(['translated', 'partial', 'hyp', 'hypothesis', 'output']);
/** Tags like `fr`, `fra`, `zh-CN`. */
const LANGUAGE_TAG = /^[a-z]{2,3}([-_][a-z]{2,4})?$/i;
/** Parts of a name: `test.en.txt`, `test-en.txt`. */
const PART = /[._-]/;

/**
 * Names beside a file that say “the same in another language” or “the references of it”, the
 * likeliest first: `test.en` → `test.fr`, `a.src.txt` → `a.ref.txt`, `a.txt` → `a.ref.txt`.
 */
export function guessedReferences(name: string, beside: readonly string[]): string[] {
  const likely = beside.flatMap((other) => {
    const rank = other === name ? null : rankOf(partsOf(name), partsOf(other));
    return rank === null ? [] : [{ other, rank }];
  });
  return likely
    .toSorted((a, b) => a.rank - b.rank || a.other.localeCompare(b.other))
    .map(({ other }) => other);
}

const partsOf = (name: string): string[] => name.toLowerCase().split(PART);

/** 0: it says that it holds references; 1: another language; null: it says nothing of that kind. */
function rankOf(own: readonly string[], other: readonly string[]): 0 | 1 | null {
  if (other.some((part) => OUR_WORDS.has(part))) return null;
  const [word, further] = differing(own, other);
  if (word === undefined || further !== undefined) return null;
  if (REFERENCE_WORDS.has(word.theirs)) return 0;
  // A language for a language: `test.txt` and `test.md` differ by no language.
  const tags = word.ours !== null && LANGUAGE_TAG.test(word.ours) && LANGUAGE_TAG.test(word.theirs);
  return tags && !FILE_KINDS.has(word.ours) && !FILE_KINDS.has(word.theirs) ? 1 : null;
}

/** Ends of names that look like tags of languages. */
const FILE_KINDS = new Set(['txt', 'tsv', 'csv', 'md', 'ts', 'js', 'mjs', 'py', 'c', 'h', 'xml']);

interface Difference {
  /** Null: the other name has one part more. */
  readonly ours: string | null;
  readonly theirs: string;
}

/** Where two names differ, part by part. Two where they have nothing to do with each other. */
function differing(own: readonly string[], other: readonly string[]): Difference[] {
  if (own.length === other.length)
    return other.flatMap((theirs, i) => (own[i] === theirs ? [] : [{ ours: own[i]!, theirs }]));
  const nothing = [...other, ...other].map((theirs) => ({ ours: null, theirs }));
  if (other.length !== own.length + 1) return nothing;
  const at = other.findIndex((part, i) => part !== own[i]);
  const rest = [...other.slice(0, at), ...other.slice(at + 1)];
  return rest.join() === own.join() ? [{ ours: null, theirs: other[at]! }] : nothing;
}
