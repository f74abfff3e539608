import { decodeFunctionData, parseAbi, type Address, type Hex } from 'viem'
import * as v from 'valibot'
import type { Sponsor } from '@/lib/approval/approval'
import { InvalidParamsError } from '@/lib/rpc/errors'
import { addressSchema, dataSchema } from '@/lib/rpc/schemas'

/** Bytes as hex, or as a list of numbers, as ZKsync's libraries send them. */
const bytesSchema = v.union([
  dataSchema,
  v.pipe(
    v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))),
    v.transform((bytes): Hex => `0x${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`),
  ),
])

const serviceSchema = v.object({
  url: v.pipe(v.string(), v.check(isServiceUrl, 'must be an https URL (http only on this computer)')),
  address: v.nullish(addressSchema),
  context: v.optional(v.unknown()),
})

const paymasterSchema = v.object({
  address: addressSchema,
  data: v.nullish(bytesSchema),
  paymasterInput: v.nullish(bytesSchema),
})

/**
 * The sponsor that a site names: `{url, context}` of ERC-7677; a paymaster's address; or ZKsync's form, `{address, data}` or
 * `{address, paymasterInput}`.
 */
export const sponsorSchema = v.union([serviceSchema, addressSchema, paymasterSchema], (issue) =>
  typeof issue.input === 'object' && issue.input !== null && 'url' in issue.input
    ? 'must be {url, context} with an https URL (http only on this computer)'
    : 'must be {url, context}, a paymaster’s address, or {address, paymasterInput}',
)

/** ZKsync's form of a paymaster in a transaction. */
export const transactionPaymasterEntries = {
  paymaster: v.nullish(addressSchema),
  paymasterInput: v.nullish(bytesSchema),
  eip712Meta: v.nullish(
    v.looseObject({
      paymasterParams: v.nullish(
        v.looseObject({ paymaster: addressSchema, paymasterInput: v.nullish(bytesSchema) }),
      ),
    }),
  ),
}

const flows = parseAbi([
  'function general(bytes input)',
  'function approvalBased(address token, uint256 minAllowance, bytes innerInput)',
])

/**
 * The sponsor as an operation takes it, without members that are not there.
 *
 * @throws {InvalidParamsError} A paymaster that wants an allowance first.
 */
export function sponsorOf(given: v.InferOutput<typeof sponsorSchema> | undefined): Sponsor | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'string') return { paymaster: given, paymasterData: '0x' }
  if ('url' in given) {
    const { url, context } = given
    return { url, ...(context === undefined ? {} : { context }) }
  }
  return paymasterOf(given.address, given.data ?? given.paymasterInput ?? '0x')
}

/** A transaction's paymaster; see {@link transactionPaymasterEntries}. */
export function paymasterOf(paymaster: Address, input: Hex): Sponsor {
  return { paymaster, paymasterData: innerInput(input) }
}

/** ZKsync wraps the data of a paymaster in the name of a flow; ERC-4337 hands it over as it is. */
function innerInput(input: Hex): Hex {
  const selector = input.slice(0, 10)
  if (selector === '0x949431dc')
    throw new InvalidParamsError(
      'Approval-based paymasters are not supported: they take tokens for the fee. Use the general flow, or an ERC-7677 service {url, context}.',
    )
  if (selector !== '0x8c5a3445') return input
  try {
    const { args } = decodeFunctionData({ abi: flows, data: input })
    return args.at(-1) as Hex
  } catch (error) {
    if (error instanceof Error) throw new InvalidParamsError('The paymasterInput is not general(bytes).')
    throw error
  }
}

function isServiceUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return (
    protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
  )
}
