import { Field } from '@noble/curves/abstract/modular'
import { weierstrassPoints } from '@noble/curves/abstract/weierstrass'

/** Prime of the field of P-256. */
const prime = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
/** Order of the P-256 group. */
export const p256Order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const fieldOfPoints = Field(prime)
const a = fieldOfPoints.create(-3n)
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn

/** Numbers modulo the order. */
export const p256Scalars = Field(p256Order)

/** Points of P-256. The library's own `p256` comes with two more curves, which the worker would build at each start. */
export const { ProjectivePoint: P256Point } = /* @__PURE__ */ weierstrassPoints({
  a,
  b,
  Fp: fieldOfPoints,
  n: p256Order,
  h: 1n,
  Gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  Gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
})

/** The two points with a coordinate; none when no point of the curve has it. */
export function p256PointsAt(x: bigint): InstanceType<typeof P256Point>[] {
  if (x >= prime) return []
  const square = fieldOfPoints.create(x * x * x + a * x + b)
  try {
    const y = fieldOfPoints.sqrt(square)
    const point = P256Point.fromAffine({ x, y })
    return [point, point.negate()]
  } catch (error) {
    // Half of all numbers have no root.
    if (error instanceof Error) return []
    throw error
  }
}
