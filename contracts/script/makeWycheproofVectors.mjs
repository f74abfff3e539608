// Writes test/vectors/wycheproof-p256.json: Wycheproof's ECDSA vectors of P-256 with SHA-256, as far as they can be put to a
// verifier that takes (hash, r, s, x, y): those whose signature is two numbers of 32 bytes in one of its right encodings.
//
//   node contracts/script/makeWycheproofVectors.mjs <folder testvectors_v1 of Wycheproof>
//
// What is there came from Debian's source package `wycheproof` 0.0~git20260625.ee7b4f7.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OUT = join(dirname(dirname(fileURLToPath(import.meta.url))), 'test/vectors/wycheproof-p256.json')
const ORIGIN =
  'Project Wycheproof (https://github.com/C2SP/wycheproof, commit ee7b4f7), Apache-2.0, see wycheproof-LICENSE; brought into this form by script/makeWycheproofVectors.mjs.'
/** File → how it encodes (r, s). */
const FILES = { ecdsa_secp256r1_sha256_p1363_test: readP1363, ecdsa_secp256r1_sha256_test: readDer }

const folder = process.argv[2]
if (folder === undefined) throw new Error('Name the folder testvectors_v1 of Wycheproof.')
const tests = []
const seen = new Set()
for (const [file, read] of Object.entries(FILES)) {
  for (const { publicKey, tests: group } of JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8'))
    .testGroups) {
    for (const { tcId, flags, comment, msg, sig, result } of group)
      add(file, read(sig), { publicKey, tcId, flags, comment, msg, result })
  }
}
const lines = tests.map((test) => `    ${JSON.stringify(test)}`).join(',\n')
writeFileSync(OUT, `{\n  "origin": ${JSON.stringify(ORIGIN)},\n  "tests": [\n${lines}\n  ]\n}\n`)
console.log(
  `${OUT}: ${tests.filter(({ valid }) => valid).length} valid, ${tests.filter(({ valid }) => !valid).length} invalid`,
)

/** Once each: most stand in both files. */
function add(file, numbers, { publicKey, tcId, flags, comment, msg, result }) {
  if (numbers === undefined) return
  const vector = {
    hash: `0x${createHash('sha256').update(msg, 'hex').digest('hex')}`,
    r: word(numbers[0]),
    s: word(numbers[1]),
    x: `0x${publicKey.uncompressed.slice(2, 66)}`,
    y: `0x${publicKey.uncompressed.slice(66)}`,
    valid: result === 'valid',
  }
  const key = JSON.stringify(vector)
  if (seen.has(key)) return
  seen.add(key)
  tests.push({ id: `${file} ${tcId}`, flag: flags.join(' '), comment, ...vector })
}

function readP1363(sig) {
  return sig.length === 128 ? [BigInt(`0x${sig.slice(0, 64)}`), BigInt(`0x${sig.slice(64)}`)] : undefined
}

/** @returns The two numbers, or nothing if the encoding itself is what is wrong, or a number is negative or too wide. */
function readDer(sig) {
  const match = /^30([0-9a-f]{2})(02.*)$/.exec(sig)
  if (match === null || Number(`0x${match[1]}`) * 2 !== match[2].length) return undefined
  const numbers = []
  let rest = match[2]
  while (rest.startsWith('02')) {
    const length = Number(`0x${rest.slice(2, 4)}`) * 2
    const digits = rest.slice(4, 4 + length)
    if (length === 0 || digits.length !== length) return undefined
    const first = Number(`0x${digits.slice(0, 2)}`)
    const padded = first === 0 && length > 2
    if (first > 0x7f || (padded && Number(`0x${digits.slice(2, 4)}`) < 0x80)) return undefined
    numbers.push(BigInt(`0x${digits}`))
    rest = rest.slice(4 + length)
  }
  return numbers.length === 2 && rest === '' && numbers.every((n) => n < 2n ** 256n) ? numbers : undefined
}

function word(value) {
  return `0x${value.toString(16).padStart(64, '0')}`
}
