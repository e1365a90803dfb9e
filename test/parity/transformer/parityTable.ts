/** A row: what was compared with the reference, and how far it was off. */
export interface ParityRow {
  readonly model: string;
  readonly case: string;
  /** Tensors, or sequences with their scores. */
  readonly compared: string;
  readonly worst: number;
  /** Where that was. */
  readonly output: string;
}

/** Family × case × worst difference, for the log of a test run. */
export class ParityTable {
  private readonly rows: ParityRow[] = [];

  add(row: ParityRow): void {
    this.rows.push(row);
  }

  toString(): string {
    const cells = this.rows.map((row) => [
      row.model,
      row.case,
      row.compared,
      row.worst === 0 ? 'equal' : row.worst.toExponential(1),
      row.output,
    ]);
    const all = [['model', 'case', 'compared', 'worst', 'at'], ...cells];
    const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
    return all
      .map((row) =>
        row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd(),
      )
      .map((line) => `      ${line}`)
      .join('\n');
  }
}
