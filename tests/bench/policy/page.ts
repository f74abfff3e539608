import { numberToHex, type Hex } from 'viem'
import { privateKeyToAddress, sign } from 'viem/accounts'
import { createClock } from '@/lib/bundler/clock'
import type { UserOperation } from '@/lib/bundler/userOperation'
import { localNetwork } from '@/lib/chains/localNetwork'
import type { OperationContext } from '@/lib/operation/context'
import { createLanes } from '@/lib/operation/lanes'
import { noteOpen } from '@/lib/operation/openOperations'
import { reserve } from '@/lib/operation/reserve'
import { operations, type OperationRow } from '@/lib/operation/row'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { openDatabase, type Database } from '@/lib/storage/database'
import { transact } from '@/lib/storage/transact'
import { benchCall, benchSpec } from './benchSpec'

/** What is measured: a session of so many policies, in a journal of so many finished operations. */
export type Case = { readonly policies: number; readonly journal: number; readonly rounds: number }

const privateKey: Hex = `0x${'5b'.repeat(32)}`
const account = '0x00000000000000000000000000000000000000aa'
/** Operations under way beside the one that is measured: every lane but one. */
const underWay = 3

/**
 * Milliseconds of each authorisation: lock, check inside the transaction, journal reserved, signature, journal signed; on this
 * browser's IndexedDB, written through to the disk.
 */
async function measure({ policies, journal, rounds }: Case): Promise<number[]> {
  const name = `bench-${policies}-${journal}`
  const database = await openDatabase({ name })
  const session = sessionOf(policies)
  await sessions.put(database, session)
  await fill(database, session, journal)
  const context: OperationContext = {
    database,
    clock: { ...createClock(), now: () => 1_800_000_000 },
    locks: { request: (lock, run) => navigator.locks.request(lock, run) as Promise<never> },
    lanes: createLanes(database),
    watching: new Map(),
    onChange: () => undefined,
  }
  const samples: number[] = []
  for (let round = 0; round < rounds; round++) {
    const nonceKey = BigInt(round)
    const started = performance.now()
    const result = await reserve(context, {
      network: localNetwork,
      sessionId: session.id,
      sign: async (hash) => {
        const { r, s, yParity = 0 } = await sign({ hash, privateKey, to: 'object' })
        return { r, s, yParity }
      },
      calls: [benchCall(policies - 1)],
      userOp: userOp(nonceKey << 64n),
      fee: { fee: 5n },
      payer: { kind: 'account' },
      hold: { lane: 0, nonceKey, nonce: nonceKey << 64n, release: () => undefined },
      mayWait: false,
    })
    samples.push(performance.now() - started)
    if (result.outcome !== 'signed') throw new Error(`The operation was not signed: ${result.outcome}.`)
    const done: OperationRow = { ...result.row, status: 'final', settled: true }
    await transact(database, ['operations', 'meta'], 'readwrite', async (transaction) => {
      await operations.put(transaction, done)
      await noteOpen(transaction, done)
    })
  }
  database.close()
  await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve))
  return samples
}

async function fill(database: Database, session: SessionRow, journal: number): Promise<void> {
  const portion = 2000
  for (let from = 0; from < journal; from += portion)
    await transact(database, ['operations'], 'readwrite', async (transaction) => {
      for (let index = from; index < Math.min(journal, from + portion); index++)
        await operations.put(transaction, rowOf(session, index, index < underWay ? 'sent' : 'final'))
    })
}

function sessionOf(policies: number): SessionRow {
  return {
    id: `0x${'5e'.repeat(32)}`,
    origin: 'https://orchard.example',
    metadata: {},
    account,
    chainId: localNetwork.chainId,
    spec: benchSpec(policies, privateKeyToAddress(privateKey)),
    status: 'active',
    usage: {},
    createdAt: 1,
    operationId: null,
    ephemeral: false,
    functions: {},
  }
}

function rowOf(session: SessionRow, index: number, status: OperationRow['status']): OperationRow {
  const nonceKey = 10_000n + BigInt(index)
  return {
    id: crypto.randomUUID(),
    origin: session.origin,
    account,
    chainId: session.chainId,
    sessionId: session.id,
    purpose: 'calls',
    calls: [benchCall(0)],
    status,
    lane: 0,
    nonceKey,
    nonce: nonceKey << 64n,
    userOp: { ...userOp(nonceKey << 64n), signature: `0x${'12'.repeat(300)}` },
    userOpHash: numberToHex(index, { size: 32 }),
    deadline: 1_800_000_300,
    payer: { kind: 'account' },
    charges: [{ cell: '0.argument.1', amount: 1n, period: 20_833 }],
    settled: status === 'final',
    createdAt: index,
    fromBlock: 1n,
  }
}

function userOp(nonce: bigint): UserOperation {
  return {
    sender: account,
    nonce,
    callData: `0x${'ab'.repeat(260)}`,
    callGasLimit: 100_000n,
    verificationGasLimit: 200_000n,
    preVerificationGas: 50_000n,
    maxFeePerGas: 1n,
    maxPriorityFeePerGas: 1n,
    signature: '0x',
  }
}

Object.assign(globalThis, { measure })
