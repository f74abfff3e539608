import type { Config } from '@wagmi/core'
import { getConnectorClient } from '@wagmi/core'
import type { Hex } from 'viem'
import { isHex } from 'viem'
import * as v from 'valibot'
import { getSessions } from '@/lib/connector/actions'

const HexSchema = v.custom<Hex>(isHex, 'not hex')
const QuantitySchema = v.pipe(
  HexSchema,
  v.transform((hex): bigint => BigInt(hex)),
)

const SessionSchema = v.object({
  id: HexSchema,
  /** pending, active, paused, expired, closing, closed or failed. */
  status: v.string(),
  spec: v.object({ expiresAt: v.number() }),
  remaining: v.array(
    v.object({
      limit: v.object({ limit: QuantitySchema }),
      subject: v.object({
        kind: v.picklist(['fee', 'value', 'uses', 'argument']),
        target: v.optional(HexSchema),
      }),
      left: QuantitySchema,
      resetsAt: v.nullable(v.number()),
    }),
  ),
})

/** A session as the wallet tells it to the site that it belongs to. */
export type Session = v.InferOutput<typeof SessionSchema>

/** Order in which a status makes a session the one to show. */
const preference = ['active', 'paused', 'pending', 'closing']

/**
 * Asks the wallet for this site's sessions and picks the one to play under: an active one, the newest first.
 *
 * @returns `null` when the site has no session that lives.
 * @throws {Error} The wallet does not answer, or its answer is none of sessions.
 */
export async function readSession(config: Config): Promise<Session | null> {
  const sessions = v.parse(v.array(SessionSchema), await getSessions(await getConnectorClient(config)))
  const living = sessions.filter(({ status }) => preference.includes(status))
  const [best] = living.sort((a, b) => preference.indexOf(a.status) - preference.indexOf(b.status))
  return best ?? null
}
