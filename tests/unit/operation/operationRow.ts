import type { Address } from 'viem'
import type { OperationRow } from '@/lib/operation/row'

/** A signed operation with everything that tests do not care about. */
export function operationRow(change: Partial<OperationRow> = {}): OperationRow {
  const account: Address = '0x00000000000000000000000000000000000000aa'
  const nonceKey = change.nonceKey ?? 0n
  const nonce = change.nonce ?? nonceKey << 64n
  return {
    id: crypto.randomUUID(),
    origin: 'https://orchard.example',
    account,
    chainId: 31_337,
    sessionId: null,
    purpose: 'calls',
    calls: [],
    status: 'signed',
    lane: 0,
    nonceKey,
    nonce,
    userOp: {
      sender: account,
      nonce,
      callData: '0x',
      callGasLimit: 1n,
      verificationGasLimit: 1n,
      preVerificationGas: 1n,
      maxFeePerGas: 1n,
      maxPriorityFeePerGas: 1n,
      signature: '0x12',
    },
    userOpHash: `0x${'ab'.repeat(32)}`,
    deadline: 2_000,
    payer: { kind: 'account' },
    charges: [],
    settled: false,
    createdAt: 1,
    fromBlock: 0n,
    ...change,
  }
}
