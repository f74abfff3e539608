import { parseAbi, parseAbiParameters } from 'viem'

const structs = [
  'struct UsageLimit { uint8 limitType; uint256 limit; uint48 period; }',
  'struct Constraint { uint8 condition; uint64 index; bytes32 refValue; UsageLimit limit; }',
  'struct CallSpec { address target; bytes4 selector; uint256 maxValuePerUse; UsageLimit valueLimit; Constraint[] constraints; }',
  'struct TransferSpec { address target; uint256 maxValuePerUse; UsageLimit valueLimit; }',
  'struct SessionSpec { address signer; uint48 expiresAt; UsageLimit feeLimit; CallSpec[] callPolicies; TransferSpec[] transferPolicies; }',
  'struct LimitState { uint256 remaining; address target; bytes4 selector; uint256 index; }',
  'struct SessionState { uint8 status; uint256 feesRemaining; LimitState[] transferValue; LimitState[] callValue; LimitState[] callParams; }',
] as const

/** A session spec, as its hash covers it. */
export const zksyncSpecParameters = parseAbiParameters(['SessionSpec spec', ...structs])

/** Payload of a session's signature. */
export const zksyncSessionSignatureParameters = parseAbiParameters([
  'bytes signature, SessionSpec spec, uint48[] periodIds',
  ...structs,
])

/** ABI of the session module of the ZKsync SSO contracts, its errors included. */
export const zksyncSessionAbi = parseAbi([
  ...structs,
  'function createSession(SessionSpec spec, bytes proof)',
  'function revokeKey(bytes32 sessionHash)',
  'function revokeKeys(bytes32[] sessionHashes)',
  'function sessionState(address account, SessionSpec spec) view returns (SessionState)',
  'function sessionStatus(address account, bytes32 sessionHash) view returns (uint8)',
  'error CallPolicyViolated(address target, bytes4 selector)',
  'error TransferPolicyViolated(address target)',
  'error MaxValueExceeded(uint256 value, uint256 maxValuePerUse)',
  'error LifetimeUsageExceeded(uint256 used, uint256 limit)',
  'error AllowanceExceeded(uint256 used, uint256 limit, uint64 periodId)',
  'error ConditionViolated(bytes32 word, bytes32 refValue, uint8 condition)',
  'error SessionNotActive()',
  'error InvalidNonceKey(uint192 nonceKey, uint192 expected)',
  'error SignerAlreadyUsed(address signer)',
  'error CallPolicyBanned(address target, bytes4 selector)',
  'error UnlimitedFees()',
  'error SessionExpiresTooSoon(uint256 expiresAt)',
  'error SessionAlreadyExists(bytes32 sessionHash)',
  'error EmptyTimeRange()',
  'error InvalidSigner(address recovered, address expected)',
  'error ZeroSigner()',
  'error InvalidData()',
  'error InvalidDataLength(uint256 length, uint256 required)',
  'error InvalidCallType(bytes1 callType, bytes1 expected)',
  'error InvalidExecType(bytes1 execType)',
  'error InvalidTopLevelSelector(bytes4 selector, bytes4 expected)',
  'error NotInitialized(address account)',
])

/** ABI of the passkey module of the ZKsync SSO contracts. */
export const zksyncPasskeyAbi = parseAbi([
  'function addValidationKey(bytes credentialId, bytes32[2] publicKey, string domain)',
  'function removeValidationKey(bytes credentialId, string domain)',
  'function getAccountKey(string domain, bytes credentialId, address account) view returns (bytes32[2])',
])

/** ABI of the factory of the ZKsync SSO contracts, and of the initialisation that it hands to the account. */
export const zksyncFactoryAbi = parseAbi([
  'function deployAccount(bytes32 salt, bytes initData) returns (address account)',
  'function initializeAccount(address[] modules, bytes[] data)',
])
