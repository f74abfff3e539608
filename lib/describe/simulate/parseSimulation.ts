import * as v from 'valibot'
import type { Hex } from 'viem'
import type { SimulatedLog } from '@/lib/describe/simulate/readEvent'

/** What became of one simulated call. */
export type SimulatedCall = {
  readonly passed: boolean
  readonly returnData: Hex
  readonly logs: readonly SimulatedLog[]
}

const hex = (bytes: number) =>
  v.pipe(
    v.string(),
    v.regex(new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`)),
    v.transform((text) => text.toLowerCase() as Hex),
  )
const bytes = v.pipe(
  v.string(),
  v.regex(/^0x([0-9a-fA-F]{2})*$/),
  v.transform((text) => text.toLowerCase() as Hex),
)
const log = v.object({ address: hex(20), topics: v.pipe(v.array(hex(32)), v.maxLength(4)), data: bytes })
const call = v.pipe(
  v.object({
    status: v.picklist(['0x0', '0x1']),
    returnData: v.optional(bytes, '0x'),
    logs: v.optional(v.array(log), []),
  }),
  v.transform(({ status, returnData, logs }): SimulatedCall => ({
    passed: status === '0x1',
    returnData,
    logs,
  })),
)
const answer = v.tuple([v.looseObject({ calls: v.array(call) })])

/**
 * Reads the answer to an `eth_simulateV1` of one block.
 *
 * @param count - Number of calls that were asked.
 * @returns `null` when it is none.
 * @see https://github.com/ethereum/execution-apis/blob/main/src/eth/execute.yaml
 */
export function parseSimulation(result: unknown, count: number): readonly SimulatedCall[] | null {
  const parsed = v.safeParse(answer, result)
  if (!parsed.success) return null
  const [{ calls }] = parsed.output
  return calls.length === count ? calls : null
}
