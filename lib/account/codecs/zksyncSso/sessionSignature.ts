import { concat, encodeAbiParameters, numberToHex, type Hex } from 'viem'
import type { RawSignature, SessionSignatureParts } from '@/lib/account/codecs/AccountCodec'
import { expectZksyncSso } from '@/lib/account/codecs/zksyncSso/expectZksyncSso'
import { wireSpec } from '@/lib/account/codecs/zksyncSso/wireSpec'
import { zksyncSessionSignatureParameters } from '@/lib/chains/abi/zksyncSso'
import { BaseError } from '@/lib/errors/BaseError'
import { policiesOf } from '@/lib/policy/cells'
import type { SessionSpec } from '@/lib/policy/spec'
import { periodOf } from '@/lib/policy/usageLimit'

/** Signature of a session operation: `validator20 ‖ abi.encode(bytes signature, SessionSpec spec, uint48[] periodIds)`. */
export function encodeSessionSignature(parts: SessionSignatureParts, signature: RawSignature): Hex {
  return encode(parts, ecdsaBytes(signature))
}

/** 65 zero bytes: every check and write runs, then the answer is SIG_VALIDATION_FAILED. */
export function sessionStub(parts: SessionSignatureParts): Hex {
  return encode(parts, `0x${'00'.repeat(65)}`)
}

/** An ECDSA signature in 65 bytes, `r32 ‖ s32 ‖ v1`. */
export function ecdsaBytes({ r, s, yParity }: RawSignature): Hex {
  return concat([
    numberToHex(BigInt(r), { size: 32 }),
    numberToHex(BigInt(s), { size: 32 }),
    numberToHex(27 + yParity, { size: 1 }),
  ])
}

function encode({ deployment, spec, timestamp, policyIndex }: SessionSignatureParts, signature: Hex): Hex {
  const payload = encodeAbiParameters(zksyncSessionSignatureParameters, [
    signature,
    wireSpec(spec),
    periodIds(spec, timestamp, policyIndex),
  ])
  return concat([expectZksyncSso(deployment).sessionKeyValidator, payload])
}

/** Numbers of the periods: of the fee, of the value, and of each constraint of the matched policy; 0 where there is no period. */
function periodIds(spec: SessionSpec, timestamp: number, policyIndex: readonly number[]): number[] {
  const [place] = policyIndex
  const policy = place === undefined ? undefined : policiesOf(spec)[place]
  if (policy === undefined || policyIndex.length !== 1) throw new SingleCallError()
  const constraints = policy.kind === 'call' ? policy.constraints : []
  const limits = [spec.feeLimit, policy.valueLimit, ...constraints.map(({ limit }) => limit)]
  return limits.map((limit) => periodOf(limit, timestamp))
}

/** A session of this kind of account makes exactly one call. */
export class SingleCallError extends BaseError {
  override readonly name = 'Account.SingleCallError'

  constructor() {
    super('A session of this account makes one call at a time. Send the calls one by one.', { code: -32602 })
  }
}
