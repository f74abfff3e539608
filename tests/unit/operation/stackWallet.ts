import { encodeFunctionData, erc20Abi, numberToHex, parseAbi, parseEther, type Address, type Hex } from 'viem'
import { generatePrivateKey, privateKeyToAddress, sign } from 'viem/accounts'
import { accounts } from '@/lib/account/accounts'
import { entryPointAbi } from '@/lib/chains/abi/entryPoint.gen'
import type { Deployment, Network } from '@/lib/chains/network'
import { addNetwork } from '@/lib/chains/networks'
import { probeNetwork } from '@/lib/chains/probeNetwork'
import { publicClient } from '@/lib/chains/publicClient'
import type { OperationContext } from '@/lib/operation/context'
import { complete } from '@/lib/operation/complete'
import { freeze } from '@/lib/operation/freeze'
import { prepare } from '@/lib/operation/prepare'
import type { SignHash } from '@/lib/operation/reserve'
import type { OperationRow } from '@/lib/operation/row'
import { settle } from '@/lib/operation/settle'
import { submitOperation } from '@/lib/operation/submitOperation'
import type { Call } from '@/lib/policy/call'
import { unlimited, type SessionSpec } from '@/lib/policy/spec'
import { sessions } from '@/lib/session/sessions'
import { startStack, type Stack } from '../../../demo/stack/startStack.mjs'
import { sessionRow } from './sessionRow'
import { accountOf, softPasskey } from './softPasskey'
import { testContext } from './testContext'

export const origin = 'https://orchard.example'
/** Recipient that sessions of these tests may pay. */
export const shop: Address = '0x00000000000000000000000000000000000051a0'
export const ether = parseEther('1')

/**
 * A wallet with one account, on a stack of its own.
 *
 * @param deploy - Puts other contracts than Latchkey's on the chain, which the account then runs on.
 */
export async function stackWallet(deploy?: (stack: Stack) => Promise<Deployment>) {
  const stack = await startStack({ dapp: false })
  const { rpcUrl, bundlerUrl, paymasterUrl } = stack.record
  const probed = await probeNetwork({ name: 'Test', rpcUrl, bundlerUrl, paymasterUrl })
  const network: Network = { ...probed, deployment: (await deploy?.(stack)) ?? probed.deployment }
  const context = await testContext()
  const owner = softPasskey()
  const account = accountOf(network.deployment, owner.passkey)
  const privateKey = generatePrivateKey()
  await addNetwork(context.database, network)
  await accounts.put(context.database, account)
  await leaveTheDaysEnd(network)
  await context.clock.refresh(network)
  const signHash: SignHash = async (hash) => {
    const { r, s, yParity } = await sign({ hash, privateKey, to: 'object' })
    return { r, s, yParity: yParity ?? 0 }
  }
  return {
    stack,
    network,
    context,
    owner,
    account,
    signHash,
    signer: privateKeyToAddress(privateKey),
    stop: async () => {
      context.database.close()
      await stack.stop()
    },
  }
}

/** An allowance of a day must not begin anew in the middle of a test: a day with less than two hours left is left behind. */
async function leaveTheDaysEnd(network: Network): Promise<void> {
  const { timestamp } = await publicClient(network).getBlock()
  const left = 86_400 - (Number(timestamp) % 86_400)
  if (left > 7_200) return
  await node(network, 'evm_increaseTime', [left])
  await node(network, 'anvil_mine', ['0x1'])
}

/** What {@link stackWallet} makes. */
export type StackWallet = Awaited<ReturnType<typeof stackWallet>>

/** A transfer of the demo token. */
export function transfer({ stack }: { stack: Stack }, amount: bigint, to: Hex = shop): Call {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, amount] })
  return { to: stack.record.tokens.demoToken, value: 0n, data }
}

/** Demo tokens of an address. */
export function tokensOf({ network, stack }: StackWallet, address: Address): Promise<bigint> {
  const { demoToken } = stack.record.tokens
  const args = [address] as const
  return publicClient(network).readContract({
    address: demoToken,
    abi: erc20Abi,
    functionName: 'balanceOf',
    args,
  })
}

/** Hashes of the account's operations that blocks hold, sorted. */
export async function operationsInBlocks({ network, account }: StackWallet): Promise<Hex[]> {
  const events = await publicClient(network).getContractEvents({
    address: network.deployment.entryPoint,
    abi: entryPointAbi,
    eventName: 'UserOperationEvent',
    args: { sender: account.address },
    fromBlock: 0n,
    strict: true,
  })
  return events.map(({ args }) => args.userOpHash).sort()
}

/** Sends a transaction from the chain's own unlocked account. */
export async function fund({ network, stack, account }: StackWallet): Promise<void> {
  const faucet = encodeFunctionData({
    abi: parseAbi(['function faucet(address to)']),
    args: [account.address],
  })
  await node(network, 'eth_sendTransaction', [
    { from: stack.record.funder.address, to: stack.record.tokens.demoToken, data: faucet },
  ])
}

/** Calls a method of the chain that viem's types do not know. */
export async function node(network: Network, method: string, params: readonly unknown[]): Promise<void> {
  const { request } = publicClient(network)
  await (request as (args: { method: string; params: readonly unknown[] }) => Promise<unknown>)({
    method,
    params,
  })
}

/** Up to 2 DEMO at a time and 10 a day to the shop, and up to 5 wei in all, for a day. */
export function shopSpec({ stack, context, network, signer }: StackWallet): SessionSpec {
  const lifetime = (limit: bigint) => ({ limitType: 'Lifetime', limit, period: 0 }) as const
  const word = (value: bigint) => numberToHex(value, { size: 32 })
  return {
    signer,
    expiresAt: context.clock.now(network.chainId) + 10 * 86_400,
    feeLimit: lifetime(parseEther('0.05')),
    paymaster: { mode: 'Listed', paymaster: stack.record.demo.paymaster.toLowerCase() as Address },
    transferPolicies: [{ target: shop, maxValuePerUse: 5n, valueLimit: lifetime(5n), useLimit: unlimited }],
    callPolicies: [
      {
        target: stack.record.tokens.demoToken.toLowerCase() as Address,
        selector: '0xa9059cbb',
        maxValuePerUse: 0n,
        valueLimit: lifetime(0n),
        useLimit: unlimited,
        constraints: [
          { condition: 'Equal', index: 0, refValue: word(BigInt(shop)), limit: unlimited },
          {
            condition: 'LessOrEqual',
            index: 1,
            refValue: word(2n * ether),
            limit: { limitType: 'Allowance', limit: 10n * ether, period: 86_400 },
          },
        ],
      },
    ],
  }
}

/** The owner signs calls; the session row, if any, is written with the signature. */
export async function byPasskey(
  { context, account, network, owner }: StackWallet & { context: OperationContext },
  calls: readonly Call[],
  purpose: OperationRow['purpose'] = 'calls',
  newSession?: ReturnType<typeof sessionRow>,
  sessionIds: readonly Hex[] = newSession === undefined ? [] : [newSession.id],
): Promise<OperationRow> {
  const prepared = await prepare(context, { account, network, calls, signer: 'passkey' })
  const frozen = await freeze(context, { prepared, origin, purpose, sessionIds })
  const signed = await complete(context, {
    operationId: frozen.operationId,
    credentialId: owner.passkey.credentialId,
    answer: owner.assert(frozen.challenge),
    within: {
      stores: ['sessions'],
      run: async (transaction) => {
        if (newSession !== undefined) await sessions.put(transaction, newSession)
      },
    },
  })
  await submitOperation(context, signed)
  return settle(context, signed.id)
}
