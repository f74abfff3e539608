/**
 * What has been used of one limited quantity.
 */
export type Used = {
  /** Total so far: over the session's life, or in `period` for an allowance. */
  readonly used: bigint
  /** Number of the period (chain time / period); 0 for a lifetime limit. */
  readonly period: number
}

/**
 * The cell of a limited quantity: `fee`; for policy i of the canonical order (transfers, then calls) `i.value`, `i.uses`, and
 * `i.argument.j` for its constraint j.
 */
export type CellId = 'fee' | `${number}.value` | `${number}.uses` | `${number}.argument.${number}`

/** Usage of a session by cell; a missing cell is unused. */
export type Usage = Readonly<Partial<Record<CellId, Used>>>

/** What one operation adds to one cell. */
export type Charge = {
  readonly cell: CellId
  readonly amount: bigint
  /** Number of the period charged; 0 for a lifetime limit. */
  readonly period: number
}
