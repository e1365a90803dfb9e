/** What the measures of a head must know of a text: `[token]` each. */
export interface AttendedText {
  readonly ids: readonly number[];
  readonly special: readonly boolean[];
}
