import type { Hex } from 'viem'

/** What a well-known function does with the account's tokens. Word numbers count from the selector. */
export type KnownFunction =
  /** Gives tokens away at once. */
  | { readonly kind: 'spend'; readonly name: string; readonly amount: number; readonly recipient?: number }
  /** Lets somebody take tokens later, after the session too. */
  | { readonly kind: 'approve'; readonly name: string; readonly amount: number; readonly spender: number }
  /** Lets somebody take every token of a collection, after the session too. */
  | { readonly kind: 'approveAll'; readonly name: string; readonly spender: number }
  /** Gives collectibles away. */
  | { readonly kind: 'collectible'; readonly name: string }
  /** Carries instructions that no constraint can read. */
  | { readonly kind: 'open'; readonly name: string }

const transferAndCall = { kind: 'spend', name: 'transferAndCall', amount: 1, recipient: 0 } as const
const approveAndCall = { kind: 'approve', name: 'approveAndCall', amount: 1, spender: 0 } as const
const safeTransferFrom = { kind: 'collectible', name: 'safeTransferFrom' } as const
const multicall = { kind: 'open', name: 'multicall' } as const
const execute = { kind: 'open', name: 'execute' } as const
const executeBatch = { kind: 'open', name: 'executeBatch' } as const

/** The functions that {@link knownFunction} knows, by selector. */
export const knownFunctions: Readonly<Record<Hex, KnownFunction>> = {
  '0xa9059cbb': { kind: 'spend', name: 'transfer', amount: 1, recipient: 0 },
  '0x23b872dd': { kind: 'spend', name: 'transferFrom', amount: 2, recipient: 1 },
  '0x1296ee62': transferAndCall,
  '0x4000aea0': transferAndCall,
  '0x42966c68': { kind: 'spend', name: 'burn', amount: 0 },
  '0x095ea7b3': { kind: 'approve', name: 'approve', amount: 1, spender: 0 },
  '0x39509351': { kind: 'approve', name: 'increaseAllowance', amount: 1, spender: 0 },
  '0x3177029f': approveAndCall,
  '0xcae9ca51': approveAndCall,
  '0xa22cb465': { kind: 'approveAll', name: 'setApprovalForAll', spender: 0 },
  '0x42842e0e': safeTransferFrom,
  '0xb88d4fde': safeTransferFrom,
  '0xf242432a': safeTransferFrom,
  '0x2eb2c2d6': { kind: 'collectible', name: 'safeBatchTransferFrom' },
  '0xac9650d8': multicall,
  '0x5ae401dc': multicall,
  '0x1f0464d1': multicall,
  '0x3593564c': execute,
  '0x24856bc3': execute,
  '0xe9ae5c53': execute,
  '0xb61d27f6': execute,
  '0x34fcd5be': executeBatch,
  '0x47e1da2a': executeBatch,
  '0x18dfb3c7': executeBatch,
  '0x252dba42': { kind: 'open', name: 'aggregate' },
  '0xbce38bd7': { kind: 'open', name: 'tryAggregate' },
  '0x82ad56cb': { kind: 'open', name: 'aggregate3' },
  '0x174dea71': { kind: 'open', name: 'aggregate3Value' },
  '0x6a761202': { kind: 'open', name: 'execTransaction' },
  '0x1e897afb': { kind: 'open', name: 'batch' },
}

/** What the function behind a selector does, judged by the selector alone; `null` for most functions. */
export function knownFunction(selector: Hex): KnownFunction | null {
  return knownFunctions[selector.toLowerCase() as Hex] ?? null
}
