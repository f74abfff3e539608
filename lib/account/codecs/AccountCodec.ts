import type { Address, Hex, Signature } from 'viem'
import type { AccountKind, Passkey } from '@/lib/account/account'
import type { ChainSession } from '@/lib/account/codecs/chainSession'
import type { PasskeySignature } from '@/lib/account/passkeySignature'
import type { SignedMessage } from '@/lib/account/signedMessage'
import type { Deployment } from '@/lib/chains/network'
import type { Call } from '@/lib/policy/call'
import type { KindRules } from '@/lib/policy/kindRules'
import type { SessionSpec } from '@/lib/policy/spec'

/** What the contracts keep of a passkey. */
export type OwnedPasskey = Pick<Passkey, 'x' | 'y' | 'credentialId' | 'origin'>

/** What an account's address follows from. */
export type AccountOrigin = {
  readonly deployment: Deployment
  /** The first passkey. */
  readonly passkey: OwnedPasskey
  /** Further accounts of one passkey count up from 0. */
  readonly index: bigint
}

/** A log of an account's creation. */
export type CreationLog = { readonly topics: readonly Hex[]; readonly data: Hex }

/** Everything of a session signature but the ECDSA signature itself. */
export type SessionSignatureParts = {
  readonly deployment: Deployment
  readonly spec: SessionSpec
  /** Time of the policy check, unix seconds: it chooses the periods. */
  readonly timestamp: number
  /** Unix seconds, never 0. */
  readonly deadline: number
  /** Place of each call's policy, as the policy check found it. */
  readonly policyIndex: readonly number[]
}

/** A raw ECDSA signature over secp256k1 (EIP-191 not applied), low `s`. */
export type RawSignature = Pick<Signature, 'r' | 's'> & { readonly yParity: number }

/**
 * How one kind of account is spoken to on chain, and what it can do. Everything above works with calls and `SessionSpec`s; everything
 * that is bytes is in a codec, and so is what differs between the kinds: nothing else asks which kind it is.
 */
export type AccountCodec = {
  readonly kind: AccountKind
  /** Where the kind's session rules differ. */
  readonly rules: KindRules
  /**
   * Whether signatures cover a deadline. Without one an operation may be included until a session's end or a period's allows it no
   * more, one of an owner until its nonce is used.
   */
  readonly signsDeadline: boolean
  /** Most operations of one signer under way at once. 1: all of a signer's operations share one nonce key. */
  readonly lanes: number

  /**
   * Targets that no operation of a session may call, whatever its policies say. Modules that the user installed come on top: the
   * contracts refuse those.
   */
  readonly bannedTargets: (account: Address, deployment: Deployment) => Address[]

  /** Whether a network's contracts can deploy an account that a factory makes, at the address that it has. */
  readonly deploysHere: (deployment: Deployment, factory: Address) => boolean
  /** Address of an account, deployed or not; `null` where only the chain can tell it (`readAccountAddress`). */
  readonly accountAddress: (account: AccountOrigin) => Address | null
  /** `factory` and `factoryData` of the operation that deploys the account. */
  readonly initCode: (account: AccountOrigin) => { factory: Address; factoryData: Hex }

  /** Read-only call that asks the chain whether a passkey owns an account that is deployed; its result goes to `decodeOwner`. */
  readonly ownerCall: (
    deployment: Deployment,
    account: Address,
    passkey: OwnedPasskey,
  ) => { to: Address; data: Hex }
  /** Whether the answer is that the passkey, with just this key, is an owner. */
  readonly decodeOwner: (result: Hex, passkey: OwnedPasskey) => boolean
  /** The log by which the chain tells what an account's address follows from; `null` where none does. */
  readonly creationFilter: (
    deployment: Deployment,
    account: Address,
  ) => { address: Address; topics: [Hex, Hex] } | null
  /** What such a log tells; `null` when it is none. */
  readonly decodeCreation: (log: CreationLog) => Omit<AccountOrigin, 'deployment'> | null

  /** `callData` of an operation. At least one call. */
  readonly encodeCalls: (calls: readonly Call[]) => Hex
  readonly decodeCalls: (callData: Hex) => Call[]

  /** EntryPoint nonce key of owner operations. */
  readonly passkeyNonceKey: (lane: number) => bigint
  /** EntryPoint nonce key of session operations. */
  readonly sessionNonceKey: (deployment: Deployment, lane: number, signer: Address) => bigint

  /** 32 bytes that the authenticator signs. `deadline` in unix seconds. */
  readonly passkeyChallenge: (userOpHash: Hex, deadline: number) => Hex
  readonly passkeySignature: (
    signature: PasskeySignature,
    passkey: OwnedPasskey,
    deadline: number,
    deployment: Deployment,
  ) => Hex
  /** For gas estimation: the right length and form, and wrong. */
  readonly passkeyStub: (passkey: OwnedPasskey, deadline: number, deployment: Deployment) => Hex

  /** Hash of a message for an account on a chain, through ERC-7739; goes into `passkeyChallenge`. */
  readonly messageHash: (message: SignedMessage, account: Address, chainId: number) => Hex
  /** ERC-1271 signature of a deployed account, around the passkey's. */
  readonly messageSignature: (message: SignedMessage, passkeySignature: Hex) => Hex

  /** 32 bytes that the session key signs, raw. Times in unix seconds. */
  readonly sessionHash: (userOpHash: Hex, id: Hex, timestamp: number, deadline: number) => Hex
  readonly sessionSignature: (parts: SessionSignatureParts, signature: RawSignature) => Hex
  /** For gas estimation: the right length and form, and wrong. */
  readonly sessionStub: (parts: SessionSignatureParts) => Hex

  /** Hash by which the chain knows the session. */
  readonly sessionId: (spec: SessionSpec) => Hex
  readonly encodeSpec: (spec: SessionSpec) => Hex
  readonly decodeSpec: (packed: Hex) => SessionSpec
  /** 32 bytes that the new session key signs, raw, to show that it exists; `null` where the contracts ask for no such proof. */
  readonly sessionProofHash: (spec: SessionSpec, account: Address) => Hex | null
  /** @param proof - The signature over `sessionProofHash`; `null` where there is none. */
  readonly createSession: (deployment: Deployment, spec: SessionSpec, proof: RawSignature | null) => Call
  readonly revokeSessions: (deployment: Deployment, ids: readonly Hex[]) => Call

  /** Call of an account that makes a passkey one of its owners. */
  readonly addPasskey: (deployment: Deployment, account: Address, passkey: OwnedPasskey) => Call
  /** Call of an account that takes a passkey's ownership away. Some kinds let the last one go: never ask for that. */
  readonly removePasskey: (deployment: Deployment, account: Address, passkey: OwnedPasskey) => Call

  /** Whether a session's state names the periods that its figures are of; else the time of the block that answers tells. */
  readonly stateNamesPeriods: boolean
  /** Read-only call that asks the chain for a session's state; its result goes to `decodeSessionState`. */
  readonly sessionStateCall: (
    deployment: Deployment,
    account: Address,
    spec: SessionSpec,
  ) => { to: Address; data: Hex }
  /** @param timestamp - Of the block that answered, unix seconds; without meaning where `stateNamesPeriods`. */
  readonly decodeSessionState: (spec: SessionSpec, result: Hex, timestamp: number) => ChainSession
}
