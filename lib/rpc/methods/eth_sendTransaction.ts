import * as v from 'valibot'
import { getNetwork } from '@/lib/chains/networks'
import { callsIdOf } from '@/lib/rpc/callsIdOf'
import { callEntries, checkSender, toCall } from '@/lib/rpc/calls'
import { defineMethod } from '@/lib/rpc/defineMethod'
import { InvalidParamsError, WrongChainError } from '@/lib/rpc/errors'
import { chainIdSchema, dataSchema, addressSchema } from '@/lib/rpc/schemas'
import { resolveSponsor } from '@/lib/rpc/resolveSponsor'
import { paymasterOf, transactionPaymasterEntries } from '@/lib/rpc/sponsorSchema'
import { sendCalls } from '@/lib/rpc/sendCalls'
import { transactionHash } from '@/lib/rpc/transactionHash'

/**
 * `eth_sendTransaction`: signs with the session key when the call is within its policies; otherwise the owner is asked, with the
 * reason shown. Answers with the hash of the transaction that included the operation. `paymaster` and `paymasterInput`, as ZKsync's
 * libraries send them, name who pays.
 */
export const eth_sendTransaction = defineMethod({
  name: 'eth_sendTransaction',
  standard: 'EIP-1193, EIP-1474',
  access: 'connected',
  durable: true,
  params: v.pipe(
    v.array(v.unknown()),
    v.minLength(1, 'must have one transaction'),
    v.transform((params) => params.slice(0, 1)),
    v.tuple([
      v.looseObject({
        ...callEntries,
        from: v.nullish(addressSchema),
        input: v.nullish(dataSchema),
        chainId: v.nullish(chainIdSchema),
        ...transactionPaymasterEntries,
      }),
    ]),
  ),
  async handle(context, [transaction], { caller, connection }) {
    const { from, chainId, data, input } = transaction
    checkSender(connection, from)
    if (chainId !== undefined && chainId !== null && chainId !== connection.chainId)
      throw new WrongChainError(chainId, connection.chainId)
    if (data && input && data.toLowerCase() !== input.toLowerCase())
      throw new InvalidParamsError('eth_sendTransaction: `data` and `input` differ. Send one of them.')
    const call = toCall({ to: transaction.to, value: transaction.value, data: data ?? input })
    const callsId = callsIdOf(caller.origin, caller.requestId)
    const { paymaster, paymasterInput } = transaction.eip712Meta?.paymasterParams ?? transaction
    const given = paymaster ? paymasterOf(paymaster, paymasterInput ?? '0x') : undefined
    const network = await getNetwork(context.database, connection.chainId)
    const { account, sponsor: known } = connection
    const sponsor = await resolveSponsor(context, { network, given, known, account })
    const operation = await sendCalls(context, { caller, connection, calls: [call], callsId, sponsor })
    return transactionHash(context, operation)
  },
})
