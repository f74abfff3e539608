import { createHash } from 'node:crypto'

const spkiHead = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex')
const flags = {
  userPresent: 1,
  userVerified: 4,
  backupEligible: 8,
  backedUp: 16,
  attested: 64,
  extensions: 128,
}
const extraMember =
  ',"other_keys_can_be_added_here":"do not compare clientDataJSON against a template. See https://goo.gl/yabPex"'

/**
 * clientDataJSON, byte for byte as Chromium writes it.
 *
 * @param {'webauthn.create' | 'webauthn.get'} type
 * @param {string} challenge base64url
 * @param {string} origin
 * @param {{ extraClientData: boolean }} settings With the extra trailing member that Chromium adds now and then.
 */
export function clientData(type, challenge, origin, settings) {
  const extra = settings.extraClientData ? extraMember : ''
  return Buffer.from(
    `{"type":"${type}","challenge":"${challenge}","origin":"${origin}","crossOrigin":false${extra}}`,
  )
}

/**
 * Authenticator data with UP and UV set.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data
 * @param {object} options
 * @param {string} options.scope What the rpIdHash is taken over.
 * @param {{ backupEligible: boolean, backedUp: boolean, extensionData: boolean }} options.settings
 * @param {number} options.signCount
 * @param {{ id: Buffer, key: Buffer }} [options.attested] The new credential, at create.
 * @param {true | Buffer} [options.extension] hmac-secret's output, written when the settings ask for extension data.
 */
export function authenticatorData({ scope, settings, signCount, attested, extension }) {
  const extended = settings.extensionData && extension !== undefined
  const flagByte =
    flags.userPresent |
    flags.userVerified |
    (settings.backupEligible ? flags.backupEligible : 0) |
    (settings.backupEligible && settings.backedUp ? flags.backedUp : 0) |
    (attested ? flags.attested : 0) |
    (extended ? flags.extensions : 0)
  const head = Buffer.alloc(5)
  head.writeUInt8(flagByte, 0)
  head.writeUInt32BE(signCount, 1)
  const parts = [createHash('sha256').update(scope).digest(), head]
  if (attested) {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(attested.id.length)
    parts.push(Buffer.alloc(16), length, attested.id, attested.key)
  }
  if (extended) {
    const value =
      extension === true
        ? Buffer.from([0xf5])
        : Buffer.concat([Buffer.from([0x58, extension.length]), extension])
    parts.push(Buffer.from([0xa1]), cborText('hmac-secret'), value)
  }
  return Buffer.concat(parts)
}

/** A P-256 key as COSE. @param {string} x base64url @param {string} y base64url */
export function coseKey(x, y) {
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ])
}

/** A P-256 key as SubjectPublicKeyInfo. @param {string} x base64url @param {string} y base64url */
export function spki(x, y) {
  return Buffer.concat([spkiHead, Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
}

/** The attestation object of format `none`. @param {Buffer} authData */
export function attestationObject(authData) {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(authData.length)
  return Buffer.concat([
    Buffer.from([0xa3]),
    cborText('fmt'),
    cborText('none'),
    cborText('attStmt'),
    Buffer.from([0xa0]),
    cborText('authData'),
    Buffer.from([0x59]),
    length,
    authData,
  ])
}

/** @param {string} text Shorter than 24 bytes. */
function cborText(text) {
  return Buffer.concat([Buffer.from([0x60 | text.length]), Buffer.from(text)])
}
