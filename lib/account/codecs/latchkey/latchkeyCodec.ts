import { keccak256 } from 'viem'
import type { AccountCodec } from '@/lib/account/codecs/AccountCodec'
import { accountAddress, deployAccountData } from '@/lib/account/codecs/latchkey/accountAddress'
import { creationFilter, decodeCreation } from '@/lib/account/codecs/latchkey/accountCreation'
import { decodeSpec } from '@/lib/account/codecs/latchkey/decodeSpec'
import { encodeSpec } from '@/lib/account/codecs/latchkey/encodeSpec'
import { decodeExecute, encodeExecute } from '@/lib/account/codecs/executeCalls'
import { nonceKey } from '@/lib/account/codecs/latchkey/nonceKey'
import { decodeOwner, ownerCall } from '@/lib/account/codecs/latchkey/ownerCall'
import { addPasskeyCall, removePasskeyCall } from '@/lib/account/codecs/latchkey/passkeyCalls'
import { encodePasskeySignature, passkeyStub } from '@/lib/account/codecs/latchkey/passkeySignature'
import { createSessionCall, revokeSessionsCall } from '@/lib/account/codecs/latchkey/sessionCalls'
import { encodeSessionSignature, sessionStub } from '@/lib/account/codecs/latchkey/sessionSignature'
import { decodeSessionState, encodeSessionStateCall } from '@/lib/account/codecs/latchkey/sessionState'
import { passkeyChallenge, sessionHash } from '@/lib/account/codecs/latchkey/signedHashes'
import { messageHash, messageSignature } from '@/lib/account/codecs/latchkey/signedMessages'
import { latchkeyDeployment } from '@/lib/chains/deployments/latchkey.gen'
import { kindRules } from '@/lib/policy/kindRules'

/** Codec of Latchkey's own contracts: the layout of `contracts/README.md`. */
export const latchkeyCodec = {
  kind: 'latchkey',
  rules: kindRules.latchkey,
  signsDeadline: true,
  lanes: 4,

  // Mirrors `isBannedTarget` (`contracts/README.md`, "Restricted operations and banned targets").
  bannedTargets: (account, { entryPoint, factory, sessionKeyValidator, guardianExecutor }) => [
    account,
    entryPoint,
    sessionKeyValidator,
    guardianExecutor,
    factory,
  ],

  // Every version of the factory has one address on all chains.
  deploysHere: ({ kind }) => kind === 'latchkey',
  accountAddress: ({ deployment, ...origin }) =>
    accountAddress(deployment.factory, latchkeyDeployment.accountProxyInitCodeHash, origin),
  initCode: ({ deployment, ...origin }) => ({
    factory: deployment.factory,
    factoryData: deployAccountData(origin),
  }),

  ownerCall: (_, account, passkey) => ownerCall(account, passkey),
  decodeOwner,
  creationFilter: ({ factory }, account) => creationFilter(factory, account),
  decodeCreation,

  encodeCalls: encodeExecute,
  decodeCalls: decodeExecute,

  passkeyNonceKey: (lane) => nonceKey(null, lane),
  sessionNonceKey: ({ sessionKeyValidator }, lane) => nonceKey(sessionKeyValidator, lane),

  passkeyChallenge,
  passkeySignature: encodePasskeySignature,
  passkeyStub,
  messageHash,
  messageSignature,

  sessionHash,
  sessionSignature: encodeSessionSignature,
  sessionStub,

  sessionId: (spec) => keccak256(encodeSpec(spec)),
  encodeSpec,
  decodeSpec,
  sessionProofHash: () => null,
  createSession: ({ sessionKeyValidator }, spec) => createSessionCall(sessionKeyValidator, spec),
  revokeSessions: ({ sessionKeyValidator }, ids) => revokeSessionsCall(sessionKeyValidator, ids),

  addPasskey: (_, account, passkey) => addPasskeyCall(account, passkey),
  removePasskey: (_, account, passkey) => removePasskeyCall(account, passkey),

  stateNamesPeriods: true,
  sessionStateCall: ({ sessionKeyValidator }, account, spec) => ({
    to: sessionKeyValidator,
    data: encodeSessionStateCall(account, spec),
  }),
  decodeSessionState,
} satisfies AccountCodec
