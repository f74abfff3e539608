import { isAddress, isAddressEqual, type Address } from 'viem'

/** Methods whose first parameter is a transaction that the node tries out. */
const trials = new Set(['eth_call', 'eth_createAccessList', 'eth_estimateGas'])
const fees = new Set(['gasPrice', 'maxFeePerGas', 'maxPriorityFeePerGas'])

/**
 * Params of a read, without the fees of a trial transaction of `account`: given any, the node refuses unless the sender could pay
 * them itself, and a smart account's fees are its operation's, which a sponsor may pay. web3.js tries out each transaction so.
 */
export function withoutFees(method: string, params: unknown, account: Address | undefined): unknown {
  if (account === undefined || !trials.has(method) || !Array.isArray(params)) return params
  const [transaction, ...others] = params as unknown[]
  if (!isFrom(transaction, account)) return params
  return [Object.fromEntries(Object.entries(transaction).filter(([name]) => !fees.has(name))), ...others]
}

function isFrom(transaction: unknown, account: Address): transaction is object {
  if (typeof transaction !== 'object' || transaction === null || !('from' in transaction)) return false
  const { from } = transaction
  return typeof from === 'string' && isAddress(from, { strict: false }) && isAddressEqual(from, account)
}
