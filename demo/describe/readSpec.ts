import { isAddress, isHex, size, type Address, type Hex } from 'viem'
import { BaseError } from '@/lib/errors/BaseError'
import { canonicalSpec } from '@/lib/policy/canonicalSpec'
import {
  conditions,
  limitTypes,
  type Constraint,
  type PaymasterRule,
  type SessionSpec,
  type TransferPolicy,
  type UsageLimit,
} from '@/lib/policy/spec'

/**
 * Reads the spec of a session from JSON: amounts as hex quantities, decimal digits, or as the wallet's "Details" write them.
 *
 * @throws {SpecFileError} Naming the member that cannot be read.
 */
export function readSpec(input: unknown): SessionSpec {
  const spec = membersOf(input, 'spec')
  return canonicalSpec({
    signer: addressOf(spec['signer'], 'signer'),
    expiresAt: Number(amountOf(spec['expiresAt'], 'expiresAt')),
    feeLimit: limitOf(spec['feeLimit'], 'feeLimit'),
    paymaster: paymasterOf(spec['paymaster']),
    transferPolicies: listOf(spec['transferPolicies'], 'transferPolicies', transferOf),
    callPolicies: listOf(spec['callPolicies'], 'callPolicies', (item, path) => {
      const policy = membersOf(item, path)
      return {
        ...transferOf(item, path),
        selector: hexOf(policy['selector'], 4, `${path}.selector`),
        constraints: listOf(policy['constraints'], `${path}.constraints`, constraintOf),
      }
    }),
  })
}

type Members = Readonly<Record<string, unknown>>

function transferOf(item: unknown, path: string): TransferPolicy {
  const policy = membersOf(item, path)
  return {
    target: addressOf(policy['target'], `${path}.target`),
    maxValuePerUse: amountOf(policy['maxValuePerUse'], `${path}.maxValuePerUse`),
    valueLimit: limitOf(policy['valueLimit'], `${path}.valueLimit`),
    useLimit: limitOf(policy['useLimit'], `${path}.useLimit`),
  }
}

function constraintOf(item: unknown, path: string): Constraint {
  const rule = membersOf(item, path)
  return {
    condition: oneOf(rule['condition'], conditions, `${path}.condition`),
    index: Number(amountOf(rule['index'], `${path}.index`)),
    refValue: hexOf(rule['refValue'], 32, `${path}.refValue`),
    limit: limitOf(rule['limit'], `${path}.limit`),
  }
}

function limitOf(item: unknown, path: string): UsageLimit {
  const limit = membersOf(item, path)
  return {
    limitType: oneOf(limit['limitType'], limitTypes, `${path}.limitType`),
    limit: amountOf(limit['limit'], `${path}.limit`),
    period: Number(amountOf(limit['period'], `${path}.period`)),
  }
}

function paymasterOf(item: unknown): PaymasterRule {
  const rule = membersOf(item, 'paymaster')
  const mode = oneOf(rule['mode'], ['None', 'Listed', 'Any'] as const, 'paymaster.mode')
  return mode === 'Listed'
    ? { mode, paymaster: addressOf(rule['paymaster'], 'paymaster.paymaster') }
    : { mode }
}

function membersOf(item: unknown, path: string): Members {
  if (typeof item === 'object' && item !== null && !Array.isArray(item)) return item as Members
  throw new SpecFileError(path, 'must be an object')
}

function listOf<type>(items: unknown, path: string, read: (item: unknown, path: string) => type): type[] {
  if (!Array.isArray(items)) throw new SpecFileError(path, 'must be a list')
  return items.map((item: unknown, place) => read(item, `${path}[${place}]`))
}

function amountOf(item: unknown, path: string): bigint {
  const plain = typeof item === 'object' && item !== null ? membersOf(item, path)['$bigint'] : item
  if (typeof plain === 'bigint' && plain >= 0n) return plain
  if (typeof plain === 'number' && Number.isSafeInteger(plain) && plain >= 0) return BigInt(plain)
  if (typeof plain === 'string' && /^(?:0x[0-9a-f]+|\d+)$/i.test(plain)) return BigInt(plain)
  throw new SpecFileError(path, 'must be a whole number, as hex ("0x1f"), digits, or a number')
}

function addressOf(item: unknown, path: string): Address {
  if (typeof item === 'string' && isAddress(item, { strict: false })) return item
  throw new SpecFileError(path, 'must be an address')
}

function hexOf(item: unknown, bytes: number, path: string): Hex {
  if (isHex(item) && size(item) === bytes) return item
  throw new SpecFileError(path, `must be ${bytes} bytes of hex`)
}

function oneOf<const type extends string>(item: unknown, names: readonly type[], path: string): type {
  const found = names.find((name) => name === item)
  if (found === undefined) throw new SpecFileError(path, `must be one of ${names.join(', ')}`)
  return found
}

/** A session's spec that cannot be read. */
export class SpecFileError extends BaseError {
  override readonly name = 'Describe.SpecFileError'
  constructor(path: string, reason: string) {
    super(`${path} ${reason}.`, { code: -32602 })
  }
}
