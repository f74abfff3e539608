import { encodeFunctionData, erc20Abi, type Address } from 'viem'
import { codecFor } from '@/lib/account/codecs/codec'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import type { Call } from '@/lib/policy/call'
import { unlimited, type SessionSpec } from '@/lib/policy/spec'
import { measureOperation, measureTransaction, type Cost } from './measure'
import { sessionSigner } from './operation'
import { fundedAccount, shop, type WalletBed } from './walletBed'

const codec = codecFor('latchkey')
const expiresAt = 1_800_000_000 + 7 * 86_400
const ether = 10n ** 18n

/** Kinds of work, in the order in which they are done. `sessionErc20FirstUsedLane` is the first use of a session in a used lane. */
export const workIds = [
  'create',
  'createInFirstOp',
  'createWithSession',
  'passkeyErc20',
  'passkeyNative',
  'createSession',
  'sessionErc20First',
  'sessionErc20Later',
  'batch2',
  'sessionErc20FirstUsedLane',
  'sessionNativeFirst',
  'sessionNativeLater',
  'sessionErc20LaterSponsored',
  'revoke',
] as const
export type WorkId = (typeof workIds)[number]

/** Does the work of the table in order, each as the first of its kind or a later one as its name says. */
export async function doWorks(bed: WalletBed): Promise<Record<WorkId, Cost>> {
  const pay: Call = erc20Transfer(bed.token)
  const tip: Call = { to: shop, value: 1n, data: '0x' }
  const account = await fundedAccount(bed, 'main')
  const [second, third] = [await fundedAccount(bed, 'second'), await fundedAccount(bed, 'third')]

  const create = await measureTransaction(bed, account.factory, account.factoryData)
  const createInFirstOp = await measureOperation(bed, { account: second, calls: [pay], deploys: true })
  const firstSession = codec.createSession(latchkey, erc20Spec(bed.token, 1))
  const createWithSession = await measureOperation(bed, {
    account: third,
    calls: [firstSession],
    deploys: true,
  })

  await measureOperation(bed, { account, calls: [pay] })
  const passkeyErc20 = await measureOperation(bed, { account, calls: [pay] })
  const passkeyNative = await measureOperation(bed, { account, calls: [tip] })

  const open = (spec: SessionSpec) =>
    measureOperation(bed, { account, calls: [codec.createSession(latchkey, spec)] })
  const use = (spec: SessionSpec, calls: readonly Call[], lane: number, sponsored = false) =>
    measureOperation(bed, {
      account,
      calls,
      session: { spec, policyIndex: calls.map(() => 0) },
      lane,
      sponsored,
    })

  const erc20 = erc20Spec(bed.token, 2)
  const createSession = await open(erc20)
  const sessionErc20First = await use(erc20, [pay], 0)
  const sessionErc20Later = await use(erc20, [pay], 0)
  const batch2 = await use(erc20, [pay, pay], 0)

  const nextErc20 = erc20Spec(bed.token, 3)
  await open(nextErc20)
  const sessionErc20FirstUsedLane = await use(nextErc20, [pay], 0)

  const native = nativeSpec()
  await open(native)
  const sessionNativeFirst = await use(native, [tip], 1)
  const sessionNativeLater = await use(native, [tip], 1)

  const sponsored: SessionSpec = {
    ...erc20Spec(bed.token, 4),
    paymaster: { mode: 'Listed', paymaster: bed.paymaster },
  }
  await open(sponsored)
  await use(sponsored, [pay], 0, true)
  const sessionErc20LaterSponsored = await use(sponsored, [pay], 0, true)

  const revoke = await measureOperation(bed, {
    account,
    calls: [codec.revokeSessions(latchkey, [codec.sessionId(erc20)])],
  })
  return {
    create,
    createInFirstOp,
    createWithSession,
    passkeyErc20,
    passkeyNative,
    createSession,
    sessionErc20First,
    sessionErc20Later,
    batch2,
    sessionErc20FirstUsedLane,
    sessionNativeFirst,
    sessionNativeLater,
    sessionErc20LaterSponsored,
    revoke,
  }
}

/** Pays the shop the smallest amount. */
export function erc20Transfer(token: Address): Call {
  return {
    to: token,
    value: 0n,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [shop, 1n] }),
  }
}

/** Target, function, recipient, lifetime amount; a lifetime fee limit. @param salt - Another number, another session. */
export function erc20Spec(token: Address, salt: number): SessionSpec {
  return {
    ...baseSpec(salt),
    transferPolicies: [],
    callPolicies: [
      {
        target: token,
        selector: '0xa9059cbb',
        maxValuePerUse: 0n,
        valueLimit: unlimited,
        useLimit: unlimited,
        constraints: [
          {
            condition: 'Equal',
            index: 0,
            refValue: `0x${shop.slice(2).padStart(64, '0')}`,
            limit: unlimited,
          },
          {
            condition: 'Unconstrained',
            index: 1,
            refValue: `0x${'00'.repeat(32)}`,
            limit: { limitType: 'Lifetime', limit: 5n * ether, period: 0 },
          },
        ],
      },
    ],
  }
}

function nativeSpec(): SessionSpec {
  const valueLimit = { limitType: 'Lifetime', limit: ether, period: 0 } as const
  return {
    ...baseSpec(5),
    transferPolicies: [{ target: shop, maxValuePerUse: ether / 10n, valueLimit, useLimit: unlimited }],
    callPolicies: [],
  }
}

function baseSpec(salt: number): Pick<SessionSpec, 'signer' | 'expiresAt' | 'feeLimit' | 'paymaster'> {
  return {
    signer: sessionSigner,
    expiresAt: expiresAt + salt,
    feeLimit: { limitType: 'Lifetime', limit: ether / 10n, period: 0 },
    paymaster: { mode: 'None' },
  }
}
