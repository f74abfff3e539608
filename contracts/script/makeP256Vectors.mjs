// Writes test/vectors/p256.json: edge cases of P-256 verification, constructed here. Deterministic; the tests read what it left.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OUT = join(dirname(dirname(fileURLToPath(import.meta.url))), 'test/vectors/p256.json')
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn
const G = [
  0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
]

const tests = []
const key = digest('key')
const hash = digest('hash')

for (const d of [1n, 2n, 3n, N - 1n, N - 2n, key]) {
  for (const k of [1n, 2n, 3n, N - 1n, digest('nonce')]) {
    add(`key ${name(d)}, nonce ${name(k)}`, sign(d, hash, k), true)
  }
}
for (const z of [0n, 1n, N - 1n, N, N + 1n, 2n ** 255n, 2n ** 256n - 1n, 0xffffffffn, 0xffffffffn << 224n]) {
  add(`hash ${z.toString(16)}`, sign(key, z, digest('nonce')), true)
}
addMeetings()
addWrapped()
addOutOfRange()
addTampered()
addBadKeys()
writeFileSync(
  OUT,
  `${JSON.stringify({ origin: 'Constructed by script/makeP256Vectors.mjs.', tests }, null, 2)}\n`,
)
console.log(
  `${OUT}: ${tests.filter(({ valid }) => valid).length} valid, ${tests.filter(({ valid }) => !valid).length} invalid`,
)

/** Where both halves of u1·G + u2·Q meet: the sum is a doubling, or the point at infinity. */
function addMeetings() {
  const k = digest('nonce')
  const r = multiply(k, G)[0] % N
  const z = mod(r * key)
  add('u1·G = u2·Q', { z, r, s: low(mod(2n * z * inverse(k, N))), q: multiply(key, G) }, true)
  for (const s of [1n, 2n, digest('s') >> 1n]) {
    add('u1·G = −u2·Q', { z: mod(-z), r, s, q: multiply(key, G) }, false)
  }
}

/** The x of R is beyond n, so that r is x − n; and the numbers are reduced once too often or not at all. */
function addWrapped() {
  let x = N
  while (liftX(x) === undefined) x += 1n
  const R = [x, liftX(x)]
  const s = digest('s') >> 1n
  const r = x - N
  // Q = r⁻¹ · (s·R − z·G)
  const q = multiply(inverse(r, N), sum(multiply(s, R), multiply(mod(-hash), G)))
  add('x of R beyond n', { z: hash, r, s, q }, true)
  add('x of R beyond n, r not reduced', { z: hash, r: x, s, q }, false)
}

function addOutOfRange() {
  const good = sign(key, hash, digest('nonce'))
  const edges = [0n, N, N + 1n, P, P + 1n, 2n ** 256n - 1n]
  for (const edge of edges) {
    add(`r ${edge.toString(16)}`, { ...good, r: edge }, false)
    add(`s ${edge.toString(16)}`, { ...good, s: edge }, false)
    for (const other of [...edges, 1n, N - 1n]) {
      add(`r ${edge.toString(16)}, s ${other.toString(16)}`, { ...good, r: edge, s: other }, false)
    }
  }
  for (const [r, s] of [
    [1n, 1n],
    [1n, N - 1n],
    [N - 1n, 1n],
    [N - 1n, N - 1n],
  ]) {
    add(`r ${r.toString(16)}, s ${s.toString(16)}`, { ...good, r, s }, false)
  }
  if (good.r + N < 2n ** 256n) add('r + n', { ...good, r: good.r + N }, false)
  // s in the upper half is a signature elsewhere, and none here.
  for (let i = 0; i < 8; i += 1) {
    const valid = sign(key, digest(`high ${i}`), digest(`nonce ${i}`))
    add('high s', { ...valid, s: N - valid.s }, false, 'highS')
    add('low s', valid, true)
  }
  const half = (N - 1n) / 2n
  add('highest low s', withS(half), true)
  add('lowest high s', withS(half + 1n), false, 'highS')
}

function addTampered() {
  const good = sign(key, hash, digest('nonce'))
  add('r and s swapped', { ...good, r: good.s, s: good.r }, false)
  add('−r', { ...good, r: N - good.r }, false)
  add('r + 1', { ...good, r: good.r + 1n }, false)
  add('s + 1', { ...good, s: good.s + 1n }, false)
  add('another hash', { ...good, z: good.z + 1n }, false)
  add('another key', { ...good, q: multiply(key + 1n, G) }, false)
  add('−Q', { ...good, q: [good.q[0], P - good.q[1]] }, false)
}

function addBadKeys() {
  const good = sign(key, hash, digest('nonce'))
  const [x, y] = good.q
  const bad = {
    zero: [0n, 0n],
    'off the curve': [x, y ^ 1n],
    swapped: [y, x],
    'x = p': [P, y],
    'y = p': [x, P],
  }
  bad['y + p'] = [x, (y + P) & (2n ** 256n - 1n)]
  bad['x all ones'] = [2n ** 256n - 1n, y]
  bad['y zero'] = [x, 0n]
  bad['x zero, y of 0'] = [0n, liftX(0n) ^ 1n]
  for (const [what, q] of Object.entries(bad)) add(`key ${what}`, { ...good, q }, false)
  // On the twist: y² = x³ − 3x + b has no solution for x.
  let twist = 1n
  while (liftX(twist) !== undefined) twist += 1n
  add('key on the twist', { ...good, q: [twist, y] }, false)
  // A key small enough to be written with and without the field's prime: only one of the two is a key.
  let small = 1n
  while (liftX(small) === undefined || small + P >= 2n ** 256n) small += 1n
  add('key x + p', { ...good, q: [small + P, liftX(small)] }, false)
}

/** A signature with a given s: the hash follows from it. */
function withS(s) {
  const k = digest('nonce')
  const r = multiply(k, G)[0] % N
  return { z: mod(s * k - r * key), r, s, q: multiply(key, G) }
}

function sign(d, z, k) {
  const r = multiply(k, G)[0] % N
  return { z, r, s: low(mod((z + r * d) * inverse(k, N))), q: multiply(d, G) }
}

function add(comment, { z, r, s, q }, valid, flag) {
  tests.push({
    id: tests.length + 1,
    comment,
    flag: flag ?? '',
    hash: hex(z),
    r: hex(r),
    s: hex(s),
    x: hex(q[0]),
    y: hex(q[1]),
    valid,
  })
}

function multiply(scalar, point) {
  let result
  for (let bit = 255n; bit >= 0n; bit -= 1n) {
    result = sum(result, result)
    if ((scalar >> bit) & 1n) result = sum(result, point)
  }
  return result
}

/** Affine; `undefined` is the point at infinity. */
function sum(a, b) {
  if (a === undefined) return b
  if (b === undefined) return a
  const [x1, y1] = a
  const [x2, y2] = b
  if (x1 === x2 && (y1 + y2) % P === 0n) return undefined
  const slope = x1 === x2 ? (3n * x1 * x1 - 3n) * inverse(2n * y1, P) : (y2 - y1) * inverse(x2 - x1, P)
  const x = mod(slope * slope - x1 - x2, P)
  return [x, mod(slope * (x1 - x) - y1, P)]
}

function liftX(x) {
  const square = mod(x * x * x - 3n * x + B, P)
  const root = power(square, (P + 1n) / 4n, P)
  return (root * root) % P === square && x < P ? root : undefined
}

function inverse(value, modulus) {
  return power(mod(value, modulus), modulus - 2n, modulus)
}

function power(base, exponent, modulus) {
  let result = 1n
  for (let e = exponent, b = base; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * b) % modulus
    b = (b * b) % modulus
  }
  return result
}

function mod(value, modulus = N) {
  const rest = value % modulus
  return rest < 0n ? rest + modulus : rest
}

function low(s) {
  return s > N / 2n ? N - s : s
}

function digest(text) {
  return BigInt(`0x${createHash('sha256').update(text).digest('hex')}`) % N
}

function name(value) {
  return value > N / 2n && N - value < 16n ? `n − ${N - value}` : value < 16n ? `${value}` : 'any'
}

function hex(value) {
  return `0x${value.toString(16).padStart(64, '0')}`
}
