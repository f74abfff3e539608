import { decodeAbiParameters, encodeAbiParameters, type Hex } from 'viem'
import { SpecDecodingError } from '@/lib/account/codecs/specErrors'
import { wireSpec, type WireSpec } from '@/lib/account/codecs/zksyncSso/wireSpec'
import { zksyncSpecParameters } from '@/lib/chains/abi/zksyncSso'
import { BaseError } from '@/lib/errors/BaseError'
import { canonicalSpec } from '@/lib/policy/canonicalSpec'
import { conditions, limitTypes, unlimited, type SessionSpec, type UsageLimit } from '@/lib/policy/spec'

/** Encodes a session spec as `abi.encode(spec)`, of which its hash is made. @throws {SpecEncodingError} It does not fit. */
export function encodeSpec(spec: SessionSpec): Hex {
  return encodeAbiParameters(zksyncSpecParameters, [wireSpec(spec)])
}

/**
 * Reads what {@link encodeSpec} wrote. Uses are unlimited and any paymaster may be named: the chain knows of neither rule.
 *
 * @throws {SpecDecodingError} The bytes are not a spec in canonical form.
 */
export function decodeSpec(encoded: Hex): SessionSpec {
  try {
    const [wire] = decodeAbiParameters(zksyncSpecParameters, encoded)
    const spec = readSpec(wire)
    if (encodeSpec(spec) === encoded.toLowerCase()) return spec
  } catch (error) {
    throw new SpecDecodingError(error)
  }
  throw new SpecDecodingError(null)
}

function readSpec({ signer, expiresAt, feeLimit, callPolicies, transferPolicies }: WireSpec): SessionSpec {
  return canonicalSpec({
    signer,
    expiresAt,
    feeLimit: readLimit(feeLimit),
    paymaster: { mode: 'Any' },
    transferPolicies: transferPolicies.map(({ target, maxValuePerUse, valueLimit }) => ({
      target,
      maxValuePerUse,
      valueLimit: readLimit(valueLimit),
      useLimit: unlimited,
    })),
    callPolicies: callPolicies.map(({ target, selector, maxValuePerUse, valueLimit, constraints }) => ({
      target,
      selector,
      maxValuePerUse,
      valueLimit: readLimit(valueLimit),
      useLimit: unlimited,
      constraints: constraints.map(({ condition, index, refValue, limit }) => ({
        condition: entry(conditions, condition),
        index: Number(index),
        refValue,
        limit: readLimit(limit),
      })),
    })),
  })
}

function readLimit({ limitType, limit, period }: WireSpec['feeLimit']): UsageLimit {
  return { limitType: entry(limitTypes, limitType), limit, period }
}

function entry<item>(list: readonly item[], index: number): item {
  const item = list[index]
  if (item === undefined) throw new BaseError(`The number ${index} has no meaning here.`)
  return item
}
