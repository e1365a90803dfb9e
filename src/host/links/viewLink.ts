import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { Failure } from '../../failure/failure';
import {
  MAX_LINK_CHARACTERS,
  MAX_LINKED_WRITING,
  viewLinkSchema,
  type ViewLink,
} from '../../protocol/viewLink';
import type { Inspection } from '../inspection/inspection';
import type { Place, Subject } from '../inspection/subject';

/** Path of addresses that open a view. */
export const VIEW_PATH = '/view';

/** Longest query that is read at all: several times the longest that is written. */
const MAX_QUERY_CHARACTERS = 32_000;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Where the texts of a view stand now. */
export interface ViewPlaces {
  readonly place: Place | null;
  readonly pairPlace: Place | null;
}

/** What it takes to build this view again. */
export const viewOf = (
  { subject, navigation }: Inspection,
  { place, pairPlace }: ViewPlaces,
  model: string,
): ViewLink => ({
  text: linked(subject.text, subject),
  place,
  pair: subject.pair && { text: linked(subject.pair.text, subject), place: pairPlace },
  model,
  language: subject.language,
  writing: fitsInLink(subject) ? subject.writing : null,
  navigation,
});

/** Whether a link can say how the output was written: not where very much was given for it. */
export const fitsInLink = ({ writing }: Pick<Subject, 'writing'>): boolean =>
  JSON.stringify(writing).length <= MAX_LINKED_WRITING;

/** The two texts of a pair share the room there is. */
const linked = (text: string, { pair }: Subject): ViewLink['text'] =>
  text.length <= (pair === null ? MAX_LINK_CHARACTERS : MAX_LINK_CHARACTERS / 2)
    ? text
    : { sha256: sha256(text), length: text.length };

/** The query of an address. */
export const encodeView = (view: ViewLink): string =>
  `v=${Buffer.from(JSON.stringify(view), 'utf8').toString('base64url')}`;

/** The view of an address that came from anywhere. @throws Failure `link.unreadable` */
export function decodeView(path: string, query: string): ViewLink {
  const coded = /^v=([\w-]+)$/.exec(query)?.[1];
  if (path !== VIEW_PATH || coded === undefined || query.length > MAX_QUERY_CHARACTERS)
    throw new Failure('link.unreadable');
  const parsed = v.safeParse(
    viewLinkSchema,
    json(Buffer.from(coded, 'base64url').toString('utf8')),
  );
  if (!parsed.success) throw new Failure('link.unreadable');
  return parsed.output;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Failure('link.unreadable');
  }
}
