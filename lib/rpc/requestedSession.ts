import { zeroAddress, type Address } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { codecFor } from '@/lib/account/codecs/codec'
import { accounts } from '@/lib/account/accounts'
import type { Sponsor } from '@/lib/approval/approval'
import type { Network } from '@/lib/chains/network'
import type { SessionSpec } from '@/lib/policy/spec'
import type { RpcContext } from '@/lib/rpc/context'
import { paymasterRule } from '@/lib/rpc/paymasterRule'
import { termsOf } from '@/lib/rpc/sessionWithSameTerms'
import { parsePreferences } from '@/lib/session/preferences/parsePreferences'
import { ephemeralSpec } from '@/lib/session/ephemeralSpec'
import { keepLooseKey } from '@/lib/session/vault'

/** A session as a site asks for it, with a key of its own that is not kept yet. */
export type RequestedSession = {
  readonly spec: SessionSpec
  readonly functions: Readonly<Record<string, string>>
  /** Seconds from now to its end. */
  readonly lifetime: number
  /** True when no passkey of the account can protect a stored key. */
  readonly ephemeral: boolean
  /** The terms as text; equal for equal requests. */
  readonly terms: string
  /** Puts the private key into memory, under the signer's address. */
  keepKey(): Promise<void>
}

/**
 * Turns a site's preferences into a spec with a new session key.
 *
 * @throws {PreferencesError} -32602, naming the field.
 * @throws {UnreachableError | ServerRefusedError} The node or the named sponsor does not answer.
 */
export async function requestedSession(
  context: RpcContext,
  {
    network,
    preferences,
    sponsor,
    account,
  }: { network: Network; preferences: unknown; sponsor: Sponsor | undefined; account: Address | null },
): Promise<RequestedSession> {
  const privateKey = generatePrivateKey()
  const signer = privateKeyToAddress(privateKey)
  await context.clock.refresh(network, 5000)
  const now = context.clock.now(network.chainId)
  const paymaster = await paymasterRule(network, sponsor, account)
  const { spec, functions } = parsePreferences(preferences, {
    now,
    signer,
    paymaster,
    banned: codecFor(network.deployment.kind).bannedTargets(account ?? zeroAddress, network.deployment),
  })
  const owner = account === null ? undefined : await accounts.get(context.database, account.toLowerCase())
  const ephemeral = owner !== undefined && owner.passkeys.every((passkey) => passkey.prf === false)
  return {
    spec: ephemeral ? ephemeralSpec(spec, now) : spec,
    functions,
    lifetime: spec.expiresAt - now,
    ephemeral,
    terms: termsOf(spec),
    keepKey: () => keepLooseKey(context, signer.toLowerCase(), privateKey),
  }
}
