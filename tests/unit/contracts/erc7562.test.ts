import { concat, encodeAbiParameters, keccak256, parseAbiParameters, type Address, type Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import '../../../contracts/script/build.mjs'
import { codecFor } from '@/lib/account/codecs/codec'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import type { Call } from '@/lib/policy/call'
import { rpc } from '../../../demo/stack/chain/rpc.mjs'
import { measureOperation } from '../../bench/gas/measure'
import { generous, handleOpsData, type Plan } from '../../bench/gas/operation'
import { startAnvil, type Anvil } from '../../bench/gas/startAnvil'
import {
  bundler,
  fundedAccount,
  setUpBed,
  shop,
  transact,
  type BedAccount,
  type WalletBed,
} from '../../bench/gas/walletBed'
import { erc20Spec, erc20Transfer } from '../../bench/gas/works'
import { validationTracer, type Step } from './validationTracer'
import { validationViolations } from './validationViolations'

const codec = codecFor('latchkey')
const tip: Call = { to: shop, value: 1n, data: '0x' }
let anvil: Anvil
let bed: WalletBed
let account: BedAccount
let pay: Call

beforeAll(async () => {
  anvil = await startAnvil()
  bed = await setUpBed(anvil.rpcUrl)
  pay = erc20Transfer(bed.token)
  account = await fundedAccount(bed, 'traced')
  await transact(bed.rpcUrl, { to: account.factory, data: account.factoryData })
}, 60_000)

afterAll(() => anvil.stop())

/** Traces an operation and lists what breaks ERC-7562. */
async function violations(plan: Plan): Promise<string[]> {
  const data = await handleOpsData(bed, plan, generous)
  const request = { from: bundler, to: latchkey.entryPoint, data, gas: '0xe4e1c0' }
  const steps: Step[] = await rpc(bed.rpcUrl, 'debug_traceCall', [
    request,
    'latest',
    { tracer: validationTracer },
  ])
  const addresses = new Set(
    steps.flatMap(({ x }) => x.map((value) => value.toLowerCase())).filter((x) => x.length === 42),
  )
  const withCode = new Set<string>()
  for (const address of addresses) {
    if ((await rpc(bed.rpcUrl, 'eth_getCode', [address, 'latest'])) !== '0x') withCode.add(address)
  }
  const lower = (address: Address) => address.toLowerCase() as Address
  const parties = {
    entryPoint: lower(latchkey.entryPoint),
    account: lower(plan.account.address),
    factory: lower(plan.account.factory),
  }
  return validationViolations(steps, parties, (address) => withCode.has(address))
}

describe('validation under ERC-7562', { timeout: 30_000 }, () => {
  test('behavior: a passkey operation keeps to the account’s own storage', async () => {
    expect(await violations({ account, calls: [pay] })).toEqual([])
  })

  test('behavior: a passkey operation without a deposit pays EntryPoint and nobody else', async () => {
    const poor = await fundedAccount(bed, 'without deposit')
    await transact(bed.rpcUrl, { to: poor.factory, data: poor.factoryData })
    const slot = depositSlot(poor.address)
    await rpc(bed.rpcUrl, 'anvil_setStorageAt', [latchkey.entryPoint, slot, `0x${'00'.repeat(32)}`])
    expect(await violations({ account: poor, calls: [tip] })).toEqual([])
  })

  test('behavior: the first operation creates the account with an unstaked factory', async () => {
    const fresh = await fundedAccount(bed, 'fresh')
    const spec = erc20Spec(bed.token, 1)
    for (const call of [pay, codec.createSession(latchkey, spec)]) {
      expect(await violations({ account: fresh, calls: [call], deploys: true })).toEqual([])
    }
  })

  test('behavior: a session operation reads and writes storage associated with the account alone', async () => {
    const plain = erc20Spec(bed.token, 2)
    const allowance = { limitType: 'Allowance', limit: 10n ** 16n, period: 86_400 } as const
    const busy = { ...plain, expiresAt: plain.expiresAt + 1, feeLimit: allowance }
    const policy = plain.callPolicies[0]
    if (!policy) throw new Error('The spec has a policy.')
    const counted = { ...busy, callPolicies: [{ ...policy, useLimit: { ...allowance, limit: 9n } }] }
    for (const spec of [plain, busy, counted]) {
      await measureOperation(bed, { account, calls: [codec.createSession(latchkey, spec)] })
      const session = { spec, policyIndex: [0] }
      expect(await violations({ account, calls: [pay], session })).toEqual([])
      expect(
        await violations({ account, calls: [pay, pay], session: { spec, policyIndex: [0, 0] } }),
      ).toEqual([])
    }
  })

  test('behavior: a session that closes itself writes its own storage alone', async () => {
    const spec = erc20Spec(bed.token, 3)
    await measureOperation(bed, { account, calls: [codec.createSession(latchkey, spec)] })
    const close = codec.revokeSessions(latchkey, [codec.sessionId(spec)])
    expect(await violations({ account, calls: [close], session: { spec, policyIndex: [0] } })).toEqual([])
  })
})

describe('the tracer itself', { timeout: 30_000 }, () => {
  const answerZero: Hex = '0x5f5f5260205ff3'
  const callOf = (to: Address): Hex => concat(['0x5f5f60245f73', to, '0x5afa50'])

  test.each<[string, string, () => Hex]>([
    ['reads the clock', 'OP-011', () => '0x4250'],
    ['reads a balance', 'OP-011', () => '0x303150'],
    ['measures its gas', 'OP-012', () => '0x5a50'],
    ['creates a contract', 'OP-031', () => '0x5f5f5f5ff550'],
    ['calls where no code is', 'OP-041', () => callOf('0x00000000000000000000000000000000000c0de1')],
    ['sends ether elsewhere', 'OP-061', () => concat(['0x5f5f5f5f600173', shop, '0x5af150'])],
    [
      'asks the token for a balance of another',
      'STO-021',
      () => concat(['0x6370a0823160e01b5f5260dd600452', callOf(bed.token)]),
    ],
  ])('error: an account that %s breaks %s', async (_, rule, code) => {
    const snapshot = await rpc(bed.rpcUrl, 'evm_snapshot')
    await rpc(bed.rpcUrl, 'anvil_setCode', [account.address, concat([code(), answerZero])])
    expect((await violations({ account, calls: [tip] })).map((text) => text.slice(0, rule.length))).toContain(
      rule,
    )
    await rpc(bed.rpcUrl, 'evm_revert', [snapshot])
  })
})

/** Where EntryPoint keeps an account's deposit: `deposits` is its mapping 0. */
function depositSlot(address: Address): Hex {
  return keccak256(encodeAbiParameters(parseAbiParameters('address, uint256'), [address, 0n]))
}
