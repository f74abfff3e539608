import type { Hex } from 'viem'
import { explain } from '../wallet/explain'

/** A transaction that this page asked for. */
export type LogRow = {
  readonly key: number
  readonly label: string
  /** `declined`: the owner said no. `failed`: refused, reverted or lost. */
  status: 'pending' | 'confirmed' | 'declined' | 'failed'
  /** From the click to the receipt, in milliseconds. */
  ms: number | null
  hash: Hex | null
  note: string | null
}

/** The list of transactions, newest first. */
export class Ledger {
  rows = $state<LogRow[]>([])
  #next = 1

  /**
   * Follows a transaction from the click to its receipt and keeps how it ended.
   *
   * @param send - Sends it and waits for its receipt.
   * @returns Whether it was executed.
   */
  async follow(label: string, send: () => Promise<{ hash: Hex | null; ok: boolean }>): Promise<boolean> {
    const start = performance.now()
    this.rows.unshift({ key: this.#next++, label, status: 'pending', ms: null, hash: null, note: null })
    const [row] = this.rows
    if (!row) return false
    try {
      const { hash, ok } = await send()
      row.hash = hash
      row.status = ok ? 'confirmed' : 'failed'
      row.note = ok ? null : 'It was included, and reverted.'
    } catch (error) {
      const { message, code, refusal } = explain(error)
      row.status = code === 4001 ? 'declined' : 'failed'
      row.note = refusal ? `${message} Outside the session: ${refusal.rule}.` : message
    }
    row.ms = Math.round(performance.now() - start)
    return row.status === 'confirmed'
  }
}
