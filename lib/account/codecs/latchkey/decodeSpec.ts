import { padHex, type Hex } from 'viem'
import { SpecDecodingError } from '@/lib/account/codecs/specErrors'
import { ByteReader } from '@/lib/account/codecs/latchkey/ByteReader'
import { encodeSpec } from '@/lib/account/codecs/latchkey/encodeSpec'
import { BaseError } from '@/lib/errors/BaseError'
import { noValue } from '@/lib/policy/canonicalSpec'
import {
  conditions,
  limitTypes,
  unlimited,
  type CallPolicy,
  type Constraint,
  type LimitType,
  type PaymasterRule,
  type SessionSpec,
  type TransferPolicy,
  type UsageLimit,
} from '@/lib/policy/spec'

/**
 * Unpacks a session spec. Exactly what {@link encodeSpec} writes is read.
 *
 * @param packed - The bytes that the event `SessionCreated` carries.
 * @throws {SpecDecodingError} The bytes are not a spec in its one canonical form.
 */
export function decodeSpec(packed: Hex): SessionSpec {
  try {
    const spec = readSpec(new ByteReader(packed))
    if (encodeSpec(spec) === packed.toLowerCase()) return spec
  } catch (error) {
    throw new SpecDecodingError(error)
  }
  throw new SpecDecodingError(null)
}

function readSpec(reader: ByteReader): SessionSpec {
  const signer = reader.bytes(20)
  const expiresAt = reader.number(6)
  const flags = reader.number(1)
  const feeTotal = reader.uint(10)
  const count = reader.number(1)
  const feePeriod = flags & 4 ? reader.number(4) : 0
  const modes = [
    (): PaymasterRule => ({ mode: 'None' }),
    (): PaymasterRule => ({ mode: 'Listed', paymaster: reader.bytes(20) }),
    (): PaymasterRule => ({ mode: 'Any' }),
  ]
  const paymaster = entry(modes, flags & 3)()
  const feeLimit = limitOf(flags & 4 ? 'Allowance' : 'Lifetime', feeTotal, feePeriod)
  const transferPolicies: TransferPolicy[] = []
  const callPolicies: CallPolicy[] = []
  for (let index = 0; index < count; index++) {
    const policy = readPolicy(reader)
    if ('selector' in policy) callPolicies.push(policy)
    else transferPolicies.push(policy)
  }
  return { signer, expiresAt, feeLimit, paymaster, transferPolicies, callPolicies }
}

function readPolicy(reader: ByteReader): TransferPolicy | CallPolicy {
  // Length, first cell: their only right values follow from the rest, and are compared by encoding again.
  reader.bytes(3)
  const flags = reader.number(1)
  const constraintCount = reader.number(1)
  const target = reader.bytes(20)
  const selector = flags & 1 ? reader.bytes(4) : null
  const maxValuePerUse = flags & 2 ? reader.uint(12) : 0n
  const valueLimit = flags & 2 ? readValueLimit(reader, entry(limitTypes, (flags >> 3) & 3)) : noValue
  const useLimit = flags & 4 ? readUseLimit(reader, (flags & 32) !== 0) : unlimited
  const policy = { target, maxValuePerUse, valueLimit, useLimit }
  if (selector === null) return policy
  const constraints = Array.from({ length: constraintCount }, () => readConstraint(reader))
  return { ...policy, selector, constraints }
}

function readValueLimit(reader: ByteReader, limitType: LimitType): UsageLimit {
  if (limitType === 'Unlimited') return unlimited
  const limit = reader.uint(12)
  return limitOf(limitType, limit, limitType === 'Allowance' ? reader.number(4) : 0)
}

function readUseLimit(reader: ByteReader, perPeriod: boolean): UsageLimit {
  const limit = reader.uint(2)
  return perPeriod ? limitOf('Allowance', limit, reader.number(4)) : limitOf('Lifetime', limit, 0)
}

function readConstraint(reader: ByteReader): Constraint {
  const head = reader.number(1)
  const index = reader.number(1)
  const condition = entry(conditions, head & 7)
  const limitType = entry(limitTypes, (head >> 3) & 3)
  const reference = head & 32 ? reader.bytes(reader.number(1)) : '0x'
  const refValue = padHex(reference, { size: 32 })
  if (limitType === 'Unlimited') return { condition, index, refValue, limit: unlimited }
  if (limitType === 'Lifetime')
    return { condition, index, refValue, limit: limitOf(limitType, reader.uint(16), 0) }
  const period = reader.number(4)
  return { condition, index, refValue, limit: limitOf(limitType, reader.uint(12), period) }
}

function limitOf(limitType: LimitType, limit: bigint, period: number): UsageLimit {
  return { limitType, limit, period }
}

function entry<item>(list: readonly item[], index: number): item {
  const item = list[index]
  if (item === undefined) throw new BaseError(`The number ${index} has no meaning here.`)
  return item
}
