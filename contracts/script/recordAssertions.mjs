// Records WebAuthn assertions of a real Chromium into test/vectors/assertions.json: of an extension page and of a web page,
// with and without extension data behind the authenticator data. Run by hand; the tests read what it left.
//
//   node contracts/script/recordAssertions.mjs [path of chromium]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { bytesToHex, encodePacked, hexToBytes, keccak256, stringToHex } from 'viem'

const OUT = join(dirname(dirname(fileURLToPath(import.meta.url))), 'test/vectors/assertions.json')
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const DEADLINE = 1_800_000_300

const folder = mkdtempSync(join(tmpdir(), 'latchkey-assertions-'))
writeFileSync(join(folder, 'page.html'), '<!doctype html><title>Assertions</title>')
writeFileSync(
  join(folder, 'manifest.json'),
  JSON.stringify({
    manifest_version: 3,
    name: 'Assertions',
    version: '1',
    background: { service_worker: 'worker.js' },
  }),
)
writeFileSync(join(folder, 'worker.js'), '')
const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>Assertions</title>')
})
await new Promise((resolve) => server.listen(0, 'localhost', resolve))
const context = await chromium.launchPersistentContext('', {
  executablePath: process.argv[2] ?? '/usr/bin/chromium',
  headless: true,
  viewport: null,
  args: [
    ...[
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
    ],
    ...[`--disable-extensions-except=${folder}`, `--load-extension=${folder}`],
  ],
})
try {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  const vectors = []
  for (const url of [new URL('page.html', worker.url()).href, `http://localhost:${server.address().port}/`]) {
    vectors.push(...(await record(url)))
  }
  const browser = `Chromium ${context.browser()?.version() ?? (await worker.evaluate('navigator.userAgent')).match(/Chrome\/(\S+)/)[1]}`
  writeFileSync(OUT, `${JSON.stringify({ browser, vectors }, null, 2)}\n`)
  console.log(`${OUT}: ${vectors.length} assertions of ${browser}`)
} finally {
  await context.close()
  server.close()
  rmSync(folder, { recursive: true, force: true })
}

/** A passkey of the page at `url`, and its assertions. */
async function record(url) {
  const page = await context.newPage()
  await page.goto(url)
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'usb', hasResidentKey: true },
      ...{
        hasUserVerification: true,
        isUserVerified: true,
        hasPrf: true,
        hasCredBlob: true,
        automaticPresenceSimulation: true,
      },
    },
  })
  const spki = await page.evaluate(createPasskey)
  const key = spki.slice(-64)
  const vectors = []
  for (const extended of [false, true, false, true]) {
    const name = `${new URL(url).protocol.replace(':', '')} ${extended ? 'with' : 'without'} extension data ${vectors.length}`
    const hash = keccak256(stringToHex(name))
    const challenge = keccak256(encodePacked(['bytes32', 'uint48'], [hash, DEADLINE]))
    const answer = await page.evaluate(getAssertion, { challenge: [...hexToBytes(challenge)], extended })
    vectors.push({
      name,
      hash,
      deadline: DEADLINE,
      x: bytesToHex(Uint8Array.from(key.slice(0, 32))),
      y: bytesToHex(Uint8Array.from(key.slice(32))),
      ...readSignature(answer.signature),
      origin: new URL(url).origin === 'null' ? url.split('/').slice(0, 3).join('/') : new URL(url).origin,
      credentialId: bytesToHex(Uint8Array.from(answer.credentialId)),
      authenticatorData: bytesToHex(Uint8Array.from(answer.authenticatorData)),
      clientDataJSON: new TextDecoder().decode(Uint8Array.from(answer.clientDataJSON)),
    })
  }
  await page.close()
  return vectors
}

async function createPasskey() {
  const credential = await navigator.credentials.create({
    publicKey: {
      challenge: new Uint8Array(32),
      rp: { name: 'Assertions' },
      user: { id: new Uint8Array(16), name: 'user', displayName: 'User' },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      extensions: { prf: {}, credBlob: new Uint8Array(32) },
    },
  })
  return [...new Uint8Array(credential.response.getPublicKey())]
}

async function getAssertion({ challenge, extended }) {
  const { rawId, response } = await navigator.credentials.get({
    publicKey: {
      challenge: Uint8Array.from(challenge),
      userVerification: 'required',
      ...(extended && { extensions: { getCredBlob: true, prf: { eval: { first: new Uint8Array(32) } } } }),
    },
  })
  const bytes = (buffer) => [...new Uint8Array(buffer)]
  return {
    credentialId: bytes(rawId),
    authenticatorData: bytes(response.authenticatorData),
    clientDataJSON: bytes(response.clientDataJSON),
    signature: bytes(response.signature),
  }
}

/** r and s out of DER; s as the wallet sends it, in the lower half. */
function readSignature(der) {
  const rLength = der[3]
  const integer = (bytes) => BigInt(bytesToHex(Uint8Array.from(bytes)))
  const hex = (value) => `0x${value.toString(16).padStart(64, '0')}`
  const r = integer(der.slice(4, 4 + rLength))
  const s = integer(der.slice(6 + rLength))
  return { r: hex(r), s: hex(s > N / 2n ? N - s : s) }
}
