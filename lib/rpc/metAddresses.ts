import { isAddress, type Address } from 'viem'
import { accounts } from '@/lib/account/accounts'
import { listActivity } from '@/lib/activity/activity'
import type { Call } from '@/lib/policy/call'
import { policiesOf } from '@/lib/policy/cells'
import { knownFunction } from '@/lib/policy/knownFunctions'
import { readWord } from '@/lib/policy/word'
import type { RpcContext } from '@/lib/rpc/context'
import { sessions } from '@/lib/session/sessions'

/** Entries of activity that are looked at. */
const remembered = 1000

/** Addresses that the wallet has to do with, in lower case. */
export type MetAddresses = {
  /** Whom transactions went to: targets, and recipients of tokens. */
  readonly reached: ReadonlySet<Address>
  /** Those, the owner's accounts, and the targets of sessions. */
  readonly all: ReadonlySet<Address>
}

/** The addresses that the owner may take another one for. */
export async function metAddresses({ database }: Pick<RpcContext, 'database'>): Promise<MetAddresses> {
  const [own, entries, rows] = await Promise.all([
    accounts.getAll(database),
    listActivity(database, remembered),
    sessions.getAll(database),
  ])
  const reached = new Set(
    entries.filter(({ status }) => status !== 'void').flatMap(({ calls }) => calls.flatMap(reachedBy)),
  )
  const targets = rows.flatMap(({ spec }) => policiesOf(spec).map(({ target }) => lower(target)))
  return { reached, all: new Set([...reached, ...targets, ...own.map(({ address }) => lower(address))]) }
}

function reachedBy({ to, data }: Call): Address[] {
  const known = data.length < 10 ? null : knownFunction(`0x${data.slice(2, 10)}`)
  if (known?.kind !== 'spend' || known.recipient === undefined) return [lower(to)]
  const word = readWord(data, known.recipient)
  const recipient = word === null ? '' : `0x${word.slice(-40)}`
  return isAddress(recipient, { strict: false }) ? [lower(to), lower(recipient)] : [lower(to)]
}

const lower = (address: Address) => address.toLowerCase() as Address
