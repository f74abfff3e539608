import type { Address, Hex } from 'viem'
import type { Account } from '@/lib/account/account'
import { codecFor } from '@/lib/account/codecs/codec'
import type { Approval } from '@/lib/approval/approval'
import { ApprovalGoneError } from '@/lib/approval/queue'
import { getNetwork } from '@/lib/chains/networks'
import type { Assertion } from '@/lib/messaging/popup'
import type { ApprovalRequest } from '@/lib/messaging/views'
import type { Within } from '@/lib/operation/journal'
import type { RpcContext } from '@/lib/rpc/context'
import { termsOf } from '@/lib/rpc/sessionWithSameTerms'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { openVault } from '@/lib/session/openVault'
import {
  dropLooseKey,
  keepLooseKey,
  looseKey,
  sealSessionKey,
  VaultClosedError,
  vaults,
} from '@/lib/session/vault'
import type { Transaction } from '@/lib/storage/transact'

type SessionRequest = Extract<ApprovalRequest, { kind: 'session' }>

/** What to write with the signed operation, and what to do once that is written, or has failed. */
export type ApprovedWrites = {
  readonly within: Within
  /** Drops from memory what is not to be there any more. */
  forgetKeys(): Promise<void>
  undo(): Promise<void>
}

/**
 * The stored form of an approved session. Its key is sealed in the vault that the assertion's PRF output opens, or stays in memory
 * when the session is ephemeral.
 */
export async function sealedSession(
  context: RpcContext,
  {
    approval,
    request,
    account,
    assertion,
    operationId,
  }: {
    approval: Approval
    request: SessionRequest
    account: Account
    assertion: Assertion
    operationId: string
  },
): Promise<ApprovedWrites> {
  const { origin, chainId, metadata, sponsor } = approval
  const { spec, asked, suggested, functions, ephemeral, lifetime, replacesIds = [] } = request
  const { deployment } = await getNetwork(context.database, chainId)
  const signer = spec.signer.toLowerCase()
  const privateKey = await looseKey(context, signer)
  if (privateKey === null || origin === null) throw new ApprovalGoneError()
  const id: Hex = codecFor(deployment.kind).sessionId(spec)
  const base = {
    id,
    origin,
    metadata,
    account: account.id as Address,
    chainId,
    spec,
    // What the wallet suggested was never asked by the site.
    askedTerms: asked && !suggested ? termsOf(asked) : undefined,
    status: 'pending',
    usage: {},
    createdAt: context.now(),
    operationId,
    ephemeral,
    sponsor,
    functions,
    lifetime,
  } as const satisfies SessionRow
  let row: SessionRow = base
  if (ephemeral || assertion.prf === null) await keepLooseKey(context, id, privateKey)
  else {
    const { credentialId, prf } = assertion
    const vaultId = await openVault(context, { account: account.address, credentialId, prf })
    row = { ...base, sealedKey: await sealSessionKey(context, vaultId, base, privateKey) }
  }
  return {
    within: {
      stores: [sessions.store, vaults.store],
      async run(tx) {
        // Its vault may have lost a passkey since: nothing new is sealed there.
        const vault = row.sealedKey && (await vaults.get(tx, row.sealedKey.vaultId))
        if (row.sealedKey !== undefined && (vault === undefined || vault.retired === true))
          throw new VaultClosedError()
        await sessions.put(tx, row)
        for (const replaced of replacesIds) await rest(tx, replaced, operationId)
      },
    },
    forgetKeys: () => dropLooseKey(context, signer),
    undo: () => dropLooseKey(context, id),
  }
}

/** A session that is about to be replaced signs no more; its key stays sealed until the chain has closed it. */
async function rest(tx: Transaction, id: Hex, operationId: string): Promise<void> {
  const session = await sessions.get(tx, id)
  if (session?.status !== 'active' && session?.status !== 'paused') return
  const replacing = { operationId, before: session.status }
  await sessions.put(tx, { ...session, status: 'closing', replacing })
}
