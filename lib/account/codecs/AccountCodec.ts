import type { Address, Hex, Signature } from 'viem'
import type { AccountKind } from '@/lib/account/account'
import type { AccountOrigin } from '@/lib/account/codecs/latchkey/accountAddress'
import type { OwnedPasskey } from '@/lib/account/codecs/latchkey/passkeyCalls'
import type { PasskeyKey } from '@/lib/account/codecs/latchkey/passkeySignature'
import type { SessionSignatureParts } from '@/lib/account/codecs/latchkey/sessionSignature'
import type { ChainSession } from '@/lib/account/codecs/latchkey/sessionState'
import type { PasskeySignature } from '@/lib/account/passkeySignature'
import type { SignedMessage } from '@/lib/account/signedMessage'
import type { Deployment } from '@/lib/chains/network'
import type { Call } from '@/lib/policy/call'
import type { SessionSpec } from '@/lib/policy/spec'

/**
 * How one kind of account is spoken to on chain. Everything above works with calls and `SessionSpec`s; everything that is bytes
 * is in a codec.
 */
export type AccountCodec = {
  readonly kind: AccountKind

  /** Address of an account, deployed or not. */
  readonly accountAddress: (account: AccountOrigin & { readonly deployment: Deployment }) => Address
  /** `factory` and `factoryData` of the operation that deploys the account. */
  readonly initCode: (account: AccountOrigin & { readonly deployment: Deployment }) => {
    factory: Address
    factoryData: Hex
  }

  /** `callData` of an operation. At least one call. */
  readonly encodeCalls: (calls: readonly Call[]) => Hex
  readonly decodeCalls: (callData: Hex) => Call[]

  /** EntryPoint nonce key of owner operations. */
  readonly passkeyNonceKey: (lane: number) => bigint
  /** EntryPoint nonce key of session operations. */
  readonly sessionNonceKey: (deployment: Deployment, lane: number) => bigint

  /** 32 bytes that the authenticator signs. `deadline` in unix seconds. */
  readonly passkeyChallenge: (userOpHash: Hex, deadline: number) => Hex
  readonly passkeySignature: (signature: PasskeySignature, passkey: PasskeyKey, deadline: number) => Hex
  /** For gas estimation: the right length and form, and wrong. */
  readonly passkeyStub: (passkey: PasskeyKey, deadline: number) => Hex

  /** Hash of a message for an account on a chain, through ERC-7739; goes into `passkeyChallenge`. */
  readonly messageHash: (message: SignedMessage, account: Address, chainId: number) => Hex
  /** ERC-1271 signature of a deployed account, around the passkey's. */
  readonly messageSignature: (message: SignedMessage, passkeySignature: Hex) => Hex

  /** 32 bytes that the session key signs, raw. Times in unix seconds. */
  readonly sessionHash: (userOpHash: Hex, id: Hex, timestamp: number, deadline: number) => Hex
  readonly sessionSignature: (
    parts: SessionSignatureParts,
    signature: Pick<Signature, 'r' | 's'> & { readonly yParity: number },
  ) => Hex
  /** For gas estimation: the right length and form, and wrong. */
  readonly sessionStub: (parts: SessionSignatureParts) => Hex

  /** Hash by which the chain knows the session. */
  readonly sessionId: (spec: SessionSpec) => Hex
  readonly encodeSpec: (spec: SessionSpec) => Hex
  readonly decodeSpec: (packed: Hex) => SessionSpec
  readonly createSession: (deployment: Deployment, spec: SessionSpec) => Call
  readonly revokeSessions: (deployment: Deployment, ids: readonly Hex[]) => Call

  /** Call of an account to itself that makes a passkey one of its owners. */
  readonly addPasskey: (account: Address, passkey: OwnedPasskey) => Call
  /** Call of an account to itself that takes a passkey's ownership away, never the last one's. */
  readonly removePasskey: (account: Address, passkey: OwnedPasskey) => Call

  /** Read-only call that asks the chain for a session's state; its result goes to `decodeSessionState`. */
  readonly sessionStateCall: (
    deployment: Deployment,
    account: Address,
    spec: SessionSpec,
  ) => { to: Address; data: Hex }
  readonly decodeSessionState: (spec: SessionSpec, result: Hex) => ChainSession
}
