import { decodeEventLog, encodeEventTopics, pad, type Address, type Hex } from 'viem'
import type { AccountOrigin, CreationLog } from '@/lib/account/codecs/AccountCodec'
import { aaFactoryAbi } from '@/lib/chains/abi/aaFactory.gen'

const event = { abi: aaFactoryAbi, eventName: 'AccountCreated' } as const

/** The factory's announcement of an account. Only the factory's own counts: anyone can emit another. */
export function creationFilter(factory: Address, account: Address): { address: Address; topics: [Hex, Hex] } {
  const [topic] = encodeEventTopics(event)
  return { address: factory, topics: [topic, pad(account)] }
}

/** The first passkey and the index of an account; `null` when the log announces none. */
export function decodeCreation({ topics, data }: CreationLog): Omit<AccountOrigin, 'deployment'> | null {
  try {
    const { args } = decodeEventLog({ ...event, topics: topics as [Hex, ...Hex[]], data })
    const { x, y, credentialId, origin, index } = args
    return { passkey: { x, y, credentialId, origin }, index }
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}
