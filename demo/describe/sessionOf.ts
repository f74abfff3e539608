import { zeroAddress, type Address } from 'viem'
import type { SessionPreferences } from '@/lib/connector/preferences'
import { serializePreferences } from '@/lib/connector/serializePreferences'
import type { DescribeContext } from '@/lib/describe/context'
import type { SessionSpec } from '@/lib/policy/spec'
import { parsePreferences } from '@/lib/session/preferences/parsePreferences'
import { readSpec } from './readSpec'

/** A session to be described, the functions as the site names them, and the moment from which it counts. */
export type DescribedSession = Pick<DescribeContext, 'functions' | 'now'> & { readonly spec: SessionSpec }

/** Options of {@link sessionOf}. */
export type SessionOfOptions = {
  /** Unix seconds; the computer's clock by default. */
  readonly now?: number | undefined
  /** The paymaster that the wallet would list: the one of the `paymasterService` that goes with the request. */
  readonly paymaster?: Address | undefined
}

/**
 * Reads what a session would allow just as the wallet does: from session preferences, in memory or as JSON, or from the spec of a
 * session that there is, as `wallet_getSessions` and the wallet's "Details" tell it.
 *
 * @throws {PreferencesError} -32602. The wallet would refuse it; the message names the field.
 * @throws {SpecFileError} A spec has a member that cannot be read.
 */
export function sessionOf(
  session: SessionPreferences | Readonly<Record<string, unknown>>,
  { now = Math.floor(Date.now() / 1000), paymaster }: SessionOfOptions = {},
): DescribedSession {
  if ('signer' in session) return { spec: readSpec(session), functions: {}, now }
  const parsed = parsePreferences(serializePreferences(session as SessionPreferences), {
    now,
    signer: zeroAddress,
    paymaster: paymaster === undefined ? { mode: 'None' } : { mode: 'Listed', paymaster },
  })
  return { ...parsed, now }
}
