import type { OperationRow } from '@/lib/operation/row'

/** Whether a row of the journal has what it takes to count its charges and to follow its operation. */
export function isIntact(row: OperationRow): boolean {
  const { chainId, nonce, nonceKey, deadline, charges, userOp, userOpHash, account } =
    row as Partial<OperationRow>
  return (
    typeof chainId === 'number' &&
    typeof nonce === 'bigint' &&
    typeof nonceKey === 'bigint' &&
    typeof deadline === 'number' &&
    typeof userOpHash === 'string' &&
    typeof account === 'string' &&
    typeof userOp?.signature === 'string' &&
    Array.isArray(charges) &&
    charges.every(isAmount)
  )
}

/** Whether a session's usage can be counted with. */
export function isUsage(usage: unknown): boolean {
  return (
    typeof usage === 'object' &&
    usage !== null &&
    Object.values(usage).every((used: { used?: unknown; period?: unknown }) =>
      isAmount({ amount: used?.used, period: used?.period }),
    )
  )
}

function isAmount(charge: { readonly amount?: unknown; readonly period?: unknown }): boolean {
  const { amount, period } = charge
  return typeof amount === 'bigint' && amount >= 0n && Number.isSafeInteger(period)
}
