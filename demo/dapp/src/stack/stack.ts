import type { Address } from 'viem'
import { getAddress, isAddress } from 'viem'
import * as v from 'valibot'

const AddressSchema = v.pipe(
  v.string(),
  v.check((value) => isAddress(value, { strict: false }), 'not an address'),
  v.transform((value): Address => getAddress(value)),
)

const StackSchema = v.object({
  chainId: v.pipe(v.number(), v.integer(), v.minValue(1)),
  chainName: v.optional(v.string(), 'Orchard demo chain'),
  rpcUrl: v.pipe(v.string(), v.url()),
  bundlerUrl: v.pipe(v.string(), v.url()),
  paymasterUrl: v.pipe(v.string(), v.url()),
  contracts: v.object({
    entryPoint: AddressSchema,
    factory: AddressSchema,
    sessionKeyValidator: AddressSchema,
    guardianExecutor: AddressSchema,
  }),
  tokens: v.object({ demoToken: AddressSchema }),
  demo: v.object({
    orchard: AddressSchema,
    shop: AddressSchema,
    tipJar: AddressSchema,
    paymaster: AddressSchema,
  }),
})

/** The demo stack that this page plays on: where its chain listens and which contracts stand on it. */
export type Stack = v.InferOutput<typeof StackSchema>

/**
 * Reads the record that the demo stack serves at `/stack.json`.
 *
 * @param value - The parsed JSON.
 * @throws {Error} A field is missing or malformed; the message names it.
 */
export function parseStack(value: unknown): Stack {
  const result = v.safeParse(StackSchema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  throw new Error(`/stack.json: ${v.getDotPath(issue) ?? 'record'}: ${issue.message}`)
}
