import type { Address } from 'viem'
import { canonicalSpec } from '@/lib/policy/canonicalSpec'
import type { PaymasterRule, SessionSpec, UsageLimit } from '@/lib/policy/spec'
import { PreferencesError } from '@/lib/session/preferences/PreferencesError'
import { readCallPolicy, readContractCall } from '@/lib/session/preferences/readContractCall'
import { readLimit } from '@/lib/session/preferences/readLimit'
import { readList, readObject } from '@/lib/session/preferences/readObject'
import { readExpiry } from '@/lib/session/preferences/readTime'
import { readTransfer } from '@/lib/session/preferences/readTransfer'

/**
 * Fee limit of a session whose site names none: 0.002 ETH over its life. An operation reserves about 400,000 gas, so that it
 * covers some 100 operations at 0.05 gwei (a usual rollup) and five at 1 gwei.
 */
export const defaultFeeLimit: UsageLimit = { limitType: 'Lifetime', limit: 2n * 10n ** 15n, period: 0 }

/** Uniswap's Permit2: its approvals would outlive any session, and reach every token approved to it. */
const permit2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'

/** What a session needs that the site does not say. */
export type SessionFrame = {
  /** Unix seconds, chain time. */
  readonly now: number
  /** Address of the new session key. */
  readonly signer: Address
  readonly paymaster: PaymasterRule
  /** Targets that no session may call: the account, its modules, the factory, EntryPoint. Permit2 comes on top. */
  readonly banned?: readonly Address[] | undefined
}

/** A site's wish, understood. */
export type ParsedPreferences = {
  /** In canonical form. */
  readonly spec: SessionSpec
  /** Functions as the site wrote them, by `target:selector` in lower case. Names only: the spec alone says what is allowed. */
  readonly functions: Readonly<Record<string, string>>
}

/**
 * Turns a site's `SessionPreferences` into a session spec. Both generations of the interface are understood: `expiresAt` or
 * `expiry`, `transfers` or `transferPolicies`, `contractCalls` or `callPolicies`.
 *
 * @param input - As JSON from a page: bigints as hex quantities or decimal digits, dates as ISO text or unix seconds.
 * @throws {PreferencesError} -32602. Something is unknown, malformed or cannot be enforced; the message names the field.
 * @throws {DuplicatePolicyError} -32602. Two policies are for the same target (and selector).
 */
export function parsePreferences(
  input: unknown,
  { now, signer, paymaster, banned = [] }: SessionFrame,
): ParsedPreferences {
  const members = readObject(input, '', [
    'expiresAt',
    'expiry',
    'feeLimit',
    'transfers',
    'transferPolicies',
    'contractCalls',
    'callPolicies',
  ])
  refuseBoth('expiresAt', 'expiry', members)
  refuseBoth('transfers', 'transferPolicies', members)
  refuseBoth('contractCalls', 'callPolicies', members)

  const end = members.expiry === undefined ? 'expiresAt' : 'expiry'
  const transfers = [
    ...readList(members.transfers, 'transfers').map((item, index) =>
      readTransfer(item, `transfers[${index}]`, 'to'),
    ),
    ...readList(members.transferPolicies, 'transferPolicies').map((item, index) =>
      readTransfer(item, `transferPolicies[${index}]`, 'target'),
    ),
  ]
  const calls = [
    ...readList(members.contractCalls, 'contractCalls').map((item, index) =>
      readContractCall(item, `contractCalls[${index}]`),
    ),
    ...readList(members.callPolicies, 'callPolicies').map((item, index) =>
      readCallPolicy(item, `callPolicies[${index}]`),
    ),
  ]
  refuseCount(transfers.length + calls.length)
  refuseBanned([...transfers, ...calls.map(({ policy }) => policy)], banned)

  const named = calls.flatMap(({ policy: { target, selector }, text }) =>
    text === null ? [] : [[`${target}:${selector}`, text] as const],
  )
  return {
    spec: canonicalSpec({
      signer,
      expiresAt: readExpiry(members[end], end, now),
      feeLimit: readFeeLimit(members.feeLimit),
      paymaster,
      transferPolicies: transfers,
      callPolicies: calls.map(({ policy }) => policy),
    }),
    functions: Object.fromEntries(named),
  }
}

function readFeeLimit(value: unknown): UsageLimit {
  if (value === undefined) return defaultFeeLimit
  const feeLimit = readLimit(value, 'feeLimit', { lifetime: 10, allowance: 10 })
  if (feeLimit.limitType === 'Unlimited')
    throw new PreferencesError('feeLimit', 'cannot be unlimited. Give an amount in wei.')
  return feeLimit
}

function refuseBoth<key extends string>(one: key, other: key, members: { readonly [name in key]?: unknown }) {
  if (members[one] !== undefined && members[other] !== undefined)
    throw new PreferencesError(other, `means the same as ${one}. Leave one out.`)
}

/** Mirrors what the contracts refuse at creation, so that nobody approves a session that cannot be created. */
function refuseBanned(policies: readonly { readonly target: Address }[], banned: readonly Address[]): void {
  const refused = new Set([permit2, ...banned].map((target) => target.toLowerCase()))
  const found = policies.find(({ target }) => refused.has(target.toLowerCase()))
  if (found)
    throw new PreferencesError(
      '',
      `no session may call ${found.target}: it guards your account. Leave it out.`,
    )
}

function refuseCount(policies: number): void {
  if (policies === 0)
    throw new PreferencesError('', 'allows nothing. List at least one of transfers or contractCalls.')
  if (policies > 255) throw new PreferencesError('', 'has more than 255 policies. Ask for fewer.')
}
