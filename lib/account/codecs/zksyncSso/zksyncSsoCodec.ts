import { encodeAbiParameters, isAddressEqual, keccak256, parseAbiParameters } from 'viem'
import type { AccountCodec } from '@/lib/account/codecs/AccountCodec'
import { decodeExecute, encodeExecute } from '@/lib/account/codecs/executeCalls'
import { accountAddress, deployAccountData } from '@/lib/account/codecs/zksyncSso/accountAddress'
import { decodeSpec, encodeSpec } from '@/lib/account/codecs/zksyncSso/encodeSpec'
import { expectZksyncSso } from '@/lib/account/codecs/zksyncSso/expectZksyncSso'
import {
  addPasskeyCall,
  createSessionCall,
  removePasskeyCall,
  revokeSessionsCall,
} from '@/lib/account/codecs/zksyncSso/moduleCalls'
import { decodeOwner, ownerCall } from '@/lib/account/codecs/zksyncSso/ownerCall'
import { encodePasskeySignature, passkeyStub } from '@/lib/account/codecs/zksyncSso/passkeySignature'
import { encodeSessionSignature, sessionStub } from '@/lib/account/codecs/zksyncSso/sessionSignature'
import { decodeSessionState, encodeSessionStateCall } from '@/lib/account/codecs/zksyncSso/sessionState'
import { messageHash, messageSignature } from '@/lib/account/codecs/zksyncSso/signedMessages'
import { kindRules } from '@/lib/policy/kindRules'

const proofParameters = parseAbiParameters('bytes32 sessionHash, address account')

/** Codec of the public ZKsync SSO contracts (`docs/networks.md` tells what such an account cannot do). */
export const zksyncSsoCodec = {
  kind: 'zksync-sso',
  rules: kindRules['zksync-sso'],
  signsDeadline: false,
  lanes: 1,

  bannedTargets: (account, deployment) => {
    const { entryPoint, factory, ...modules } = expectZksyncSso(deployment)
    const { webAuthnValidator, eoaKeyValidator, sessionKeyValidator, guardianExecutor } = modules
    return [
      account,
      entryPoint,
      factory,
      webAuthnValidator,
      eoaKeyValidator,
      sessionKeyValidator,
      guardianExecutor,
    ]
  },

  deploysHere: (deployment, factory) => isAddressEqual(deployment.factory, factory),
  accountAddress,
  initCode: (origin) => ({ factory: origin.deployment.factory, factoryData: deployAccountData(origin) }),

  ownerCall,
  decodeOwner,
  // The factory's event names the account alone.
  creationFilter: () => null,
  decodeCreation: () => null,

  encodeCalls: encodeExecute,
  decodeCalls: decodeExecute,

  passkeyNonceKey: () => 0n,
  sessionNonceKey: (_deployment, _lane, signer) => BigInt(signer),

  passkeyChallenge: (userOpHash) => userOpHash,
  passkeySignature: encodePasskeySignature,
  passkeyStub,
  messageHash,
  messageSignature,

  sessionHash: (userOpHash) => userOpHash,
  sessionSignature: encodeSessionSignature,
  sessionStub,

  sessionId: (spec) => keccak256(encodeSpec(spec)),
  encodeSpec,
  decodeSpec,
  sessionProofHash: (spec, account) =>
    keccak256(encodeAbiParameters(proofParameters, [keccak256(encodeSpec(spec)), account])),
  createSession: createSessionCall,
  revokeSessions: revokeSessionsCall,

  addPasskey: (deployment, _account, passkey) => addPasskeyCall(deployment, passkey),
  removePasskey: (deployment, _account, passkey) => removePasskeyCall(deployment, passkey),

  stateNamesPeriods: false,
  sessionStateCall: (deployment, account, spec) => ({
    to: deployment.sessionKeyValidator,
    data: encodeSessionStateCall(account, spec),
  }),
  decodeSessionState,
} satisfies AccountCodec
