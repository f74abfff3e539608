import { expect, vi } from 'vitest'
import type { Address } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { accounts } from '@/lib/account/accounts'
import type { Account } from '@/lib/account/account'
import { codecFor } from '@/lib/account/codecs/codec'
import { createApprovalQueue } from '@/lib/approval/queue'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { localNetwork } from '@/lib/chains/localNetwork'
import { addNetwork } from '@/lib/chains/networks'
import { connections, type Connection } from '@/lib/connection/connections'
import type { Locks } from '@/lib/operation/context'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Caller } from '@/lib/rpc/caller'
import { chainNews } from '@/lib/rpc/chainNews'
import type { RpcContext } from '@/lib/rpc/context'
import type { Notice } from '@/lib/rpc/notifyUser'
import { createApprovalDesk } from '@/lib/rpc/desk'
import { createSubscriptions } from '@/lib/rpc/subscriptions'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { openVault } from '@/lib/session/openVault'
import { sealSessionKey } from '@/lib/session/vault'
import { createTestMemory } from '../memory'
import type { FakeChain } from '../operation/fakeChain'
import { sessionRow } from '../operation/sessionRow'
import { accountOf, softPasskey, type SoftPasskey } from '../operation/softPasskey'
import { testContext } from '../operation/testContext'

export const origin = 'https://orchard.example'
/** The one recipient of `sessionRow`'s policy. */
export const shop: Address = '0x00000000000000000000000000000000000000d1'

/** A context as the worker has it; `emitted` and `shown` list the events and the approvals that got the window; `pages` the pages that were opened. */
export type TestRpc = RpcContext & {
  readonly emitted: [string, string, unknown][]
  readonly shown: string[]
  readonly notified: Notice[]
  readonly pages: string[]
  /** What single documents were sent, and the names of those that are gone. */
  readonly messages: [Caller, unknown][]
  readonly gone: Set<string>
  readonly memory: ReturnType<typeof createTestMemory>
}

/** Makes one over a database of its own, and over `memory` when an earlier worker left one. */
export async function testRpc(
  name: string = crypto.randomUUID(),
  memory = createTestMemory(),
): Promise<TestRpc> {
  const base = await testContext(name)
  const emitted: TestRpc['emitted'] = []
  const shown: string[] = []
  const notified: Notice[] = []
  const pages: string[] = []
  const messages: TestRpc['messages'] = []
  const gone = new Set<string>()
  const approvals = createApprovalQueue(memory, () => undefined)
  await approvals.restore()
  return {
    ...base,
    locks: locksByName(),
    memory,
    approvals,
    emitted,
    shown,
    notified,
    notify: (notification) => void notified.push(notification),
    desk: createApprovalDesk(() => undefined),
    window: {
      show: async (id) => void shown.push(id),
      next: async () => undefined,
      checkClosed: async () => undefined,
    },
    subscriptions: createSubscriptions({
      database: base.database,
      memory,
      send: (to, message) => {
        if (message !== null) messages.push([to, message])
        return !gone.has(to.documentId ?? '')
      },
      news: (chainId, since, listeners) => chainNews({ database: base.database }, chainId, since, listeners),
      now: () => Date.now(),
      wait: () => new Promise(() => undefined),
    }),
    signedNotices: { signed: () => undefined },
    restart: () => undefined,
    messages,
    gone,
    showPage: async (route) => void pages.push(route),
    pages,
    now: () => Date.now(),
    changed: () => undefined,
    emit: (to, event, data) => void emitted.push([to, event, data]),
  }
}

function locksByName(): Locks {
  const last = new Map<string, Promise<unknown>>()
  return {
    request(name, run) {
      const turn = (last.get(name) ?? Promise.resolve()).then(run)
      last.set(
        name,
        turn.catch(() => undefined),
      )
      return turn
    },
  }
}

/** A request of the test site's top document. */
export function callerOf(change: Partial<Caller> = {}): Caller {
  return { origin, tabId: 1, frameId: 0, requestId: crypto.randomUUID(), ...change }
}

/** An account in the wallet. */
export async function withAccount(context: TestRpc): Promise<{ account: Account; owner: SoftPasskey }> {
  const owner = softPasskey()
  const account = accountOf(latchkey, owner.passkey)
  await accounts.put(context.database, account)
  return { account, owner }
}

/** An account that the test site is connected to, on the chain of `chain`. */
export async function connected(context: TestRpc, chain?: FakeChain) {
  const { account, owner } = await withAccount(context)
  if (chain !== undefined) await addNetwork(context.database, chain.network)
  const connection: Connection = {
    origin,
    account: account.address,
    chainId: localNetwork.chainId,
    metadata: {},
    connectedAt: 1,
  }
  await connections.put(context.database, connection)
  return { account, owner, connection }
}

/** An active session of the test site, its key sealed in a vault that is open. */
export async function withSession(context: TestRpc, account: Account): Promise<SessionRow> {
  const key = generatePrivateKey()
  const spec: SessionSpec = { ...sessionRow().spec, signer: privateKeyToAddress(key) }
  const row = sessionRow({
    id: codecFor('latchkey').sessionId(spec),
    account: account.id as Address,
    spec,
  })
  const [{ credentialId }] = account.passkeys
  const vaultId = await openVault(context, { account: account.address, credentialId, prf })
  const sealed = { ...row, sealedKey: await sealSessionKey(context, vaultId, row, key) }
  await sessions.put(context.database, sealed)
  return sealed
}

/** PRF output of the test's passkeys. */
export const prf = `0x${'0f'.repeat(32)}` as const

/** The error that a promise ends with. */
export async function failure(promise: Promise<unknown>): Promise<Error & { code?: number; data?: unknown }> {
  return promise.then(
    (value) => {
      throw new Error(`No error, but ${String(value)}.`)
    },
    (error: Error) => error,
  )
}

/** The keys in memory that would sign something, once found. */
export function looseKeys(context: TestRpc): string[] {
  return [...context.memory.content.keys()].filter((key) => key.startsWith('session-key:'))
}

/** Lets what was started go on until it waits. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 40))

/** Waits until so many requests of pages wait for the owner. */
export async function waiting(context: TestRpc, requests = 1): Promise<void> {
  const count = () => context.approvals.open().flatMap(({ requestIds }) => requestIds).length
  await vi.waitFor(() => expect(count()).toBe(requests), { timeout: 3000, interval: 5 })
  await settled()
}
