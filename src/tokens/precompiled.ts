import type { Edit } from './alignedText';
import { base64Bytes, utf8Bytes, utf8Character } from './bytes';
import { segmentsOf } from './segments';

/** Longer graphemes are looked up character by character, as SentencePiece's port in Rust does. */
const longestGraphemeBytes = 5;

/**
 * SentencePiece's compiled character map (nmt_nfkc and kin): a double-array trie over UTF-8 bytes,
 * whose values point into a list of replacements ended by zero bytes.
 */
export class CharacterMap {
  private readonly cache = new Map<string, string | null>();
  private readonly graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

  private constructor(
    private readonly trie: Uint32Array,
    private readonly replacements: Uint8Array,
  ) {}

  /** Null if the base64 text is no such map. */
  static parse(base64: string): CharacterMap | null {
    const bytes = base64Bytes(base64);
    if (bytes === null || bytes.length < 4) return null;
    const view = new DataView(bytes.buffer);
    const trieBytes = view.getUint32(0, true);
    if (trieBytes % 4 !== 0 || 4 + trieBytes > bytes.length) return null;
    const trie = Uint32Array.from({ length: trieBytes / 4 }, (_, unit) =>
      view.getUint32(4 + unit * 4, true),
    );
    return new CharacterMap(trie, bytes.slice(4 + trieBytes));
  }

  /** The edits that apply the map to a text. */
  edits(text: string): { readonly edits: Edit[]; readonly droppedFirst: number } {
    const edits: Edit[] = [];
    let droppedFirst = 0;
    const put = (old: string): boolean => {
      const replacement = this.lookUp(old);
      if (replacement === null) return false;
      const added = [...replacement];
      const surplus = added.length - [...old].length;
      added.forEach((character, index) =>
        edits.push([character, index >= added.length - surplus ? 1 : 0]),
      );
      const last = edits.at(-1);
      if (surplus < 0 && last) edits[edits.length - 1] = [last[0], last[1] + surplus];
      else if (surplus < 0) droppedFirst -= surplus;
      return true;
    };
    for (const grapheme of this.segments(text)) {
      const whole =
        grapheme.length > 1 && byteLength(grapheme) <= longestGraphemeBytes && put(grapheme);
      if (whole) continue;
      for (const character of grapheme) if (!put(character)) edits.push([character, 0]);
    }
    return { edits, droppedFirst };
  }

  private segments(text: string): Iterable<string> {
    // Printable ASCII has no graphemes of several characters, and segmenting is the slow part.
    if (/^[ -~]*$/.test(text)) return text;
    return Array.from(segmentsOf(text, this.graphemes), ({ segment }) => segment);
  }

  private lookUp(text: string): string | null {
    let found = this.cache.get(text);
    if (found === undefined) {
      found = this.search([...text].flatMap(utf8Bytes));
      if (this.cache.size < cacheLimit) this.cache.set(text, found);
    }
    return found;
  }

  /** The replacement of the shortest prefix that has one: what the Rust library takes. */
  private search(key: readonly number[]): string | null {
    let node = offsetOf(this.trie[0] ?? 0);
    for (const byte of key) {
      if (byte === 0) return null;
      node ^= byte;
      const unit = this.trie[node];
      if (unit === undefined || labelOf(unit) !== byte) return null;
      node ^= offsetOf(unit);
      if (hasLeaf(unit)) return this.replacement((this.trie[node] ?? 0) & 0x7fffffff);
    }
    return null;
  }

  private replacement(at: number): string {
    let text = '';
    while (at < this.replacements.length && this.replacements[at] !== 0) {
      const found = utf8Character(this.replacements, at);
      if (found === null) break;
      text += found.character;
      at += found.length;
    }
    return text;
  }
}

/** The fields of a double-array unit. */
const offsetOf = (unit: number): number => (unit >>> 10) << ((unit & 0x200) >>> 6);
const labelOf = (unit: number): number => (unit & 0x800000ff) >>> 0;
const hasLeaf = (unit: number): boolean => ((unit >>> 8) & 1) === 1;

const byteLength = (text: string): number =>
  [...text].reduce((sum, character) => sum + utf8Bytes(character).length, 0);

/** Enough for the characters of any one script; a bound, since a text may hold any number of others. */
const cacheLimit = 4096;
