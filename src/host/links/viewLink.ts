import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { Failure } from '../../failure/failure';
import { MAX_LINK_CHARACTERS, viewLinkSchema, type ViewLink } from '../../protocol/viewLink';
import type { Inspection } from '../inspection/inspection';
import type { Subject } from '../inspection/subject';

/** Path of addresses that open a view. */
export const VIEW_PATH = '/view';

/** Longest query that is read at all: several times the longest that is written. */
const MAX_QUERY_CHARACTERS = 32_000;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What it takes to build this view again. `place`: where the text stands now. */
export const viewOf = (
  { subject, navigation }: Inspection,
  place: Subject['place'],
  model: string,
): ViewLink => ({
  text:
    subject.text.length <= MAX_LINK_CHARACTERS
      ? subject.text
      : { sha256: sha256(subject.text), length: subject.text.length },
  place,
  model,
  language: subject.language,
  navigation,
});

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
