import { isAddressEqual, zeroAddress, type Address } from 'viem'
import { accounts } from '@/lib/account/accounts'
import { isUsableOn } from '@/lib/account/isUsableOn'
import { hasContract } from '@/lib/assets/hasContract'
import { getNetwork } from '@/lib/chains/networks'
import { shortAddress } from '@/lib/describe/shortAddress'
import type { RecipientNote, SendPlan } from '@/lib/messaging/sendView'
import type { RpcContext } from '@/lib/rpc/context'
import { metAddresses } from '@/lib/rpc/metAddresses'

/**
 * What the owner is to know of a recipient, the gravest first.
 *
 * @throws {UnreachableError} The node does not say whether code stands there.
 */
export async function recipientNotes(
  context: Pick<RpcContext, 'database'>,
  { account, chainId, asset }: SendPlan,
  to: Address,
): Promise<RecipientNote[]> {
  if (isAddressEqual(to, zeroAddress)) return [{ kind: 'zero' }]
  if (asset !== 'native' && isAddressEqual(to, asset)) return [{ kind: 'token-contract' }]
  if (isAddressEqual(to, account)) return [{ kind: 'self' }]
  const network = await getNetwork(context.database, chainId)
  const own = await accounts.get(context.database, to.toLowerCase())
  if (own !== undefined) return [{ kind: 'own', name: own.name, usable: isUsableOn(own, network) }]
  const notes: RecipientNote[] = []
  const { reached, all } = await metAddresses(context)
  const id = to.toLowerCase() as Address
  const likeness = all.has(id) ? undefined : [...all].find((met) => looksLike(met, id))
  if (likeness !== undefined) notes.push({ kind: 'look-alike', known: likeness })
  if (await hasContract(network, to)) notes.push({ kind: 'contract' })
  if (!reached.has(id)) notes.push({ kind: 'first' })
  return notes
}

/** Whether two addresses read the same where they are shortened; their capitals are a checksum of the whole, which few compare. */
const looksLike = (a: Address, b: Address) => shortAddress(a).toLowerCase() === shortAddress(b).toLowerCase()
