import { expect, test } from 'vitest'
import { encodeFunctionData, erc20Abi, getAddress, zeroAddress, type Address } from 'viem'
import { localNetwork } from '@/lib/chains/localNetwork'
import { recordActivity } from '@/lib/activity/activity'
import { accounts } from '@/lib/account/accounts'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { send } from '@/lib/rpc/commands/send'
import { sendCheck } from '@/lib/rpc/commands/sendCheck'
import { sendQuote } from '@/lib/rpc/commands/sendQuote'
import { transferOf } from '@/lib/rpc/transferOf'
import type { SendQuote } from '@/lib/messaging/sendView'
import { transact } from '@/lib/storage/transact'
import { fakeChain, type FakeChain } from '../operation/fakeChain'
import { accountOf, softPasskey } from '../operation/softPasskey'
import { connected, failure, testRpc, type TestRpc } from './testRpc'

const { chainId } = localNetwork
const friend = getAddress('0xe4f20c5a3ba0d1937b8f46a1e5a9fc10dd5be0b1')
/** Reads the same in its short form. */
const twin = getAddress('0xe4f2000000000000000000000000000000000000'.slice(0, -4) + 'e0b1')
const token: Address = '0x2fe09c1bd9c35b3f8e3d0f3a21e74cf0ba9d1e55'

async function withChain(run: (context: TestRpc, account: Address, chain: FakeChain) => Promise<void>) {
  const context = await testRpc()
  const chain = await fakeChain()
  try {
    const { account } = await connected(context, chain)
    await run(context, account.address, chain)
  } finally {
    await chain.close()
  }
}

/** Something that was sent before. */
function sentTo(context: TestRpc, to: Address) {
  return transact(context.database, ['activity'], 'readwrite', (tx) =>
    recordActivity(tx, {
      id: crypto.randomUUID(),
      at: 1,
      origin: null,
      account: token,
      chainId,
      signedBy: 'passkey',
      purpose: 'calls',
      calls: [transferOf(token, to, 1n)],
      status: 'final',
    }),
  )
}

const notesOf = async (
  context: TestRpc,
  account: Address,
  to: string,
  asset: 'native' | Address = 'native',
) => ((await sendCheck.run(context, { account, chainId, asset, to })) as { notes: { kind: string }[] }).notes

test('behavior: what is known of a recipient', () =>
  withChain(async (context, account, chain) => {
    chain.state.code = '0x'
    const kinds = async (to: string, asset: 'native' | Address = 'native') =>
      (await notesOf(context, account, to, asset)).map(({ kind }) => kind)
    expect(await kinds(zeroAddress)).toEqual(['zero'])
    expect(await kinds(token, token)).toEqual(['token-contract'])
    expect(await kinds(account.toLowerCase())).toEqual(['self'])
    expect(await kinds(friend)).toEqual(['first'])
    await sentTo(context, friend)
    expect(await kinds(friend)).toEqual([])
    expect(await notesOf(context, account, twin)).toEqual([
      { kind: 'look-alike', known: friend.toLowerCase() },
      { kind: 'first' },
    ])
    chain.state.code = '0x6001'
    expect(await kinds(friend)).toEqual(['contract'])
    // An account that lent itself code is still its key's.
    chain.state.code = `0xef0100${'11'.repeat(20)}`
    expect(await kinds(friend)).toEqual([])
  }))

test('behavior: another account of the owner, and whether it can be used there', () =>
  withChain(async (context, account) => {
    const other = { ...accountOf(latchkey, softPasskey().passkey), name: 'Savings' }
    await accounts.put(context.database, other)
    expect(await notesOf(context, account, other.address)).toEqual([
      { kind: 'own', name: 'Savings', usable: true },
    ])
    await accounts.put(context.database, { ...other, kind: 'zksync-sso' })
    expect(await notesOf(context, account, other.address)).toEqual([
      { kind: 'own', name: 'Savings', usable: false },
    ])
  }))

test('error: an address whose capitals do not fit is no recipient', () =>
  withChain(async (context, account) => {
    const wrong = friend.replace('E4', 'e4')
    const plan = { account, chainId, asset: 'native' as const, to: wrong }
    expect(wrong).not.toBe(friend)
    for (const command of [sendCheck, send, sendQuote])
      expect(await failure(command.run(context, { ...plan, amount: 1n }))).toMatchObject({ code: -32602 })
    expect(context.approvals.open()).toEqual([])
  }))

test('behavior: the most of the native asset leaves the fee and a fifth of it', () =>
  withChain(async (context, account, chain) => {
    const quote = (await sendQuote.run(context, {
      account,
      chainId,
      asset: 'native',
      to: friend,
    })) as SendQuote
    expect(quote).toMatchObject({ balance: 10n ** 18n, payer: { kind: 'account' } })
    expect(quote.maxFee).toBeGreaterThan(0n)
    expect(quote.most).toBe(10n ** 18n - quote.maxFee - quote.maxFee / 5n)
    chain.state.balance = 5n
    const poor = (await sendQuote.run(context, { account, chainId, asset: 'native', to: null })) as SendQuote
    expect(poor).toMatchObject({ balance: 5n, most: 0n })
  }))

test('behavior: an approval of the wallet’s own holds exactly the transfer; equal ones are two', () =>
  withChain(async (context, account) => {
    const plan = { account, chainId, asset: 'native' as const, to: friend, amount: 7n }
    const first = (await send.run(context, plan)) as { approvalId: string }
    const second = (await send.run(context, plan)) as { approvalId: string }
    expect(second.approvalId).not.toBe(first.approvalId)
    expect(context.approvals.get(first.approvalId)).toMatchObject({
      origin: null,
      account,
      chainId,
      request: { kind: 'transaction', calls: [{ to: friend, value: 7n, data: '0x' }], refusal: null },
    })
  }))

test('param: a token goes by transfer of its contract', () => {
  expect(transferOf(token, friend, 7n)).toEqual({
    to: token,
    value: 0n,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [friend, 7n] }),
  })
})

test('error: nothing, more than there is, and what would be lost open no approval', () =>
  withChain(async (context, account) => {
    const plan = { account, chainId, asset: 'native' as const, to: friend as Address, amount: 1n }
    for (const [change, words] of [
      [{ amount: 0n }, 'more than nothing'],
      [{ amount: -1n }, 'more than nothing'],
      [{ amount: 2n * 10n ** 18n }, 'You have 1 ETH'],
      [{ to: zeroAddress }, 'is lost'],
      [{ chainId: 7 }, 'not in this wallet'],
      [{ account: friend }, 'not in the wallet any more'],
    ] as const)
      expect((await failure(send.run(context, { ...plan, ...change }))).message).toContain(words)
    expect(context.approvals.open()).toEqual([])
  }))
