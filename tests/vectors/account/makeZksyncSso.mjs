// Writes zksync-sso.json: what an account of the ZKsync SSO contracts is told, encoded by viem from the ABI text alone. Nothing of
// the wallet's own code is used here, so that its codec is checked against something else than itself.
//
//   node tests/vectors/account/makeZksyncSso.mjs
import { writeFileSync } from 'node:fs'
import {
  concat,
  encodeAbiParameters,
  encodeFunctionData,
  encodeFunctionResult,
  encodePacked,
  getContractAddress,
  getCreate2Address,
  hashMessage,
  hashTypedData,
  keccak256,
  numberToHex,
  parseAbi,
  parseAbiParameters,
  stringToHex,
  toHex,
} from 'viem'
import { privateKeyToAccount, sign, serializeSignature } from 'viem/accounts'

const spec =
  '(address signer, uint48 expiresAt, (uint8 limitType, uint256 limit, uint48 period) feeLimit, (address target, bytes4 selector, uint256 maxValuePerUse, (uint8 limitType, uint256 limit, uint48 period) valueLimit, (uint8 condition, uint64 index, bytes32 refValue, (uint8 limitType, uint256 limit, uint48 period) limit)[] constraints)[] callPolicies, (address target, uint256 maxValuePerUse, (uint8 limitType, uint256 limit, uint48 period) valueLimit)[] transferPolicies)'
const limitState = '(uint256 remaining, address target, bytes4 selector, uint256 index)[]'
const abi = parseAbi([
  'function execute(bytes32 mode, bytes data)',
  'function deployAccount(bytes32 salt, bytes initData)',
  'function initializeAccount(address[] modules, bytes[] data)',
  `function createSession(${spec} spec, bytes proof)`,
  'function revokeKey(bytes32 hash)',
  'function revokeKeys(bytes32[] hashes)',
  `function sessionState(address account, ${spec} spec) view returns ((uint8 status, uint256 feesRemaining, ${limitState} transferValue, ${limitState} callValue, ${limitState} callParams))`,
  'function addValidationKey(bytes credentialId, bytes32[2] xy, string domain)',
  'function removeValidationKey(bytes credentialId, string domain)',
])
const call = (functionName, args) => encodeFunctionData({ abi, functionName, args })

const deployment = {
  kind: 'zksync-sso',
  entryPoint: '0x4337084D9E255Ff0702461CF8895CE9E3b5Ff108',
  factory: '0x757b5c9854d327A6B76840c996dfAac0F6b3Dc1f',
  beacon: '0x1D779D791B55a093dE60da664C3F301a87f96C62',
  webAuthnValidator: '0xa5C2c5C723239C0cD11a5691954CdAC4369C874b',
  eoaKeyValidator: '0x3497392f9662Da3de1EC2AfE8724CdBF6b884088',
  sessionKeyValidator: '0x2bF3B894aA2C13A1545C6982bBbee435B5168b52',
  guardianExecutor: '0x4337768cB3eC57Dd2cb843eFb929B773B13322de',
  // Any bytes do: the address follows from them, whatever they are.
  proxyCreationCode: '0x60806040526004361061000a57600080fd5b50',
}
const passkey = {
  credentialId: '0x0102030405060708090a0b0c0d0e0f1011',
  x: `0x${'a1'.repeat(32)}`,
  y: `0x${'b2'.repeat(32)}`,
  origin: 'chrome-extension://jiefmlebpmhiphjicpibdkohglkcepgb',
}
const account = '0x0000000000000000000000000000000000acc01d'
const sessionKey = keccak256(toHex('session key of the vectors'))
const signer = privateKeyToAccount(sessionKey).address
const word = (value) => numberToHex(value, { size: 32 })
const shop = '0x00000000000000000000000000000000000051a0'
const token = '0x00000000000000000000000000000000000070c0'
const garden = '0x0000000000000000000000000000000000009a4d'

const [unlimited, lifetime, allowance] = [0, 1, 2]
const limit = (limitType, total = 0n, period = 0) => ({ limitType, limit: total, period })

// The same session twice: as the wallet holds it, and as the struct of the contracts.
const own = (limitType, total = '0', period = 0) => ({ limitType, limit: total, period })
const sessions = [
  {
    id: 'transfer',
    notes: 'one transfer policy; the value limit is of the session’s life',
    timestamp: 1_800_000_000,
    policyIndex: [0],
    periodIds: [0, 0],
    spec: {
      signer,
      expiresAt: 1_800_086_400,
      feeLimit: own('Lifetime', '2000000000000000'),
      paymaster: { mode: 'None' },
      transferPolicies: [
        { target: shop, maxValuePerUse: '5', valueLimit: own('Lifetime', '20'), useLimit: own('Unlimited') },
      ],
      callPolicies: [],
    },
    wire: {
      signer,
      expiresAt: 1_800_086_400,
      feeLimit: limit(lifetime, 2_000_000_000_000_000n),
      callPolicies: [],
      transferPolicies: [{ target: shop, maxValuePerUse: 5n, valueLimit: limit(lifetime, 20n) }],
    },
  },
  {
    id: 'periods',
    notes: 'allowances for fee, value and arguments: each has a period of its own length',
    timestamp: 1_800_000_000,
    policyIndex: [1],
    periodIds: [500_000, 20_833, 0, 20_833, 30_000_000],
    spec: {
      signer,
      expiresAt: 1_800_600_000,
      feeLimit: own('Allowance', '1000000000000000', 3600),
      paymaster: { mode: 'Any' },
      transferPolicies: [
        { target: shop, maxValuePerUse: '0', valueLimit: own('Lifetime'), useLimit: own('Unlimited') },
      ],
      callPolicies: [
        {
          target: token,
          selector: '0xa9059cbb',
          maxValuePerUse: '7',
          valueLimit: own('Allowance', '70', 86_400),
          useLimit: own('Unlimited'),
          constraints: [
            { condition: 'Equal', index: 0, refValue: word(BigInt(shop)), limit: own('Unlimited') },
            { condition: 'LessOrEqual', index: 1, refValue: word(9n), limit: own('Allowance', '90', 86_400) },
            { condition: 'NotEqual', index: 1, refValue: word(4n), limit: own('Allowance', '90', 60) },
          ],
        },
      ],
    },
    wire: {
      signer,
      expiresAt: 1_800_600_000,
      feeLimit: limit(allowance, 1_000_000_000_000_000n, 3600),
      callPolicies: [
        {
          target: token,
          selector: '0xa9059cbb',
          maxValuePerUse: 7n,
          valueLimit: limit(allowance, 70n, 86_400),
          constraints: [
            { condition: 1, index: 0n, refValue: word(BigInt(shop)), limit: limit(unlimited) },
            { condition: 5, index: 1n, refValue: word(9n), limit: limit(allowance, 90n, 86_400) },
            { condition: 6, index: 1n, refValue: word(4n), limit: limit(allowance, 90n, 60) },
          ],
        },
      ],
      transferPolicies: [{ target: shop, maxValuePerUse: 0n, valueLimit: limit(lifetime) }],
    },
  },
  {
    id: 'uses',
    notes: 'use counts and the sponsor are the wallet’s own rules: nothing of them is on the wire',
    timestamp: 1_800_000_001,
    policyIndex: [0],
    periodIds: [0, 0, 0],
    spec: {
      signer,
      expiresAt: 1_800_086_400,
      feeLimit: own('Lifetime', '1'),
      paymaster: { mode: 'Listed', paymaster: `0x${'5a'.repeat(20)}` },
      transferPolicies: [],
      callPolicies: [
        {
          target: garden,
          selector: '0xc383e22b',
          maxValuePerUse: '0',
          valueLimit: own('Lifetime'),
          useLimit: own('Allowance', '20', 3600),
          constraints: [{ condition: 'Less', index: 0, refValue: word(36n), limit: own('Lifetime', '100') }],
        },
      ],
    },
    wire: {
      signer,
      expiresAt: 1_800_086_400,
      feeLimit: limit(lifetime, 1n),
      callPolicies: [
        {
          target: garden,
          selector: '0xc383e22b',
          maxValuePerUse: 0n,
          valueLimit: limit(lifetime),
          constraints: [{ condition: 3, index: 0n, refValue: word(36n), limit: limit(lifetime, 100n) }],
        },
      ],
      transferPolicies: [],
    },
  },
]

const userOpHash = keccak256(toHex('a user operation'))
const ecdsa = await sign({ hash: userOpHash, privateKey: sessionKey, to: 'object' })
const signaturePayload = parseAbiParameters(`bytes signature, ${spec} spec, uint48[] periodIds`)

async function sessionVector({ wire, periodIds, ...vector }) {
  const encoded = encodeAbiParameters(parseAbiParameters(`${spec} spec`), [wire])
  const hash = keccak256(encoded)
  const proofHash = keccak256(
    encodeAbiParameters(parseAbiParameters('bytes32 hash, address account'), [hash, account]),
  )
  const proof = serializeSignature(await sign({ hash: proofHash, privateKey: sessionKey, to: 'object' }))
  const signed = (bytes) =>
    concat([
      deployment.sessionKeyValidator,
      encodeAbiParameters(signaturePayload, [bytes, wire, periodIds]),
    ])
  return {
    ...vector,
    encoded,
    hash,
    proofHash,
    createSession: call('createSession', [wire, proof]),
    nonceKey: String(BigInt(signer)),
    signature: signed(serializeSignature(ecdsa)),
    stub: signed(`0x${'00'.repeat(65)}`),
    sessionState: call('sessionState', [account, wire]),
  }
}

const state = (at) =>
  encodeFunctionResult({
    abi,
    functionName: 'sessionState',
    result: {
      status: at.status,
      feesRemaining: at.fee,
      transferValue: [{ remaining: at.transfer, target: shop, selector: '0x00000000', index: 0n }],
      callValue: [{ remaining: at.value, target: token, selector: '0xa9059cbb', index: 0n }],
      // Constraints without a limit are left out.
      callParams: at.params.map((remaining) => ({
        remaining,
        target: token,
        selector: '0xa9059cbb',
        index: 1n,
      })),
    },
  })

const senderCreator = getContractAddress({ from: deployment.entryPoint, nonce: 1n })
function deploymentVector(index) {
  const salt = word(index)
  const initData = call('initializeAccount', [
    [deployment.webAuthnValidator, deployment.sessionKeyValidator, deployment.guardianExecutor],
    [
      encodeAbiParameters(parseAbiParameters('bytes credentialId, bytes32[2] xy, string origin'), [
        passkey.credentialId,
        [passkey.x, passkey.y],
        passkey.origin,
      ]),
      '0x',
      '0x',
    ],
  ])
  const initCode = concat([
    deployment.proxyCreationCode,
    encodeAbiParameters(parseAbiParameters('address beacon, bytes initData'), [deployment.beacon, initData]),
  ])
  return {
    index: String(index),
    factoryData: call('deployAccount', [salt, initData]),
    address: getCreate2Address({
      from: deployment.factory,
      salt: keccak256(encodePacked(['address', 'bytes32'], [senderCreator, salt])),
      bytecode: initCode,
    }),
  }
}

const batch = parseAbiParameters('(address target, uint256 value, bytes callData)[]')
const calls = [
  { to: shop, value: '5', data: '0x' },
  { to: token, value: '0', data: '0xa9059cbb0102' },
]
const executions = [
  {
    id: 'single',
    calls: calls.slice(0, 1),
    callData: call('execute', [word(0n), encodePacked(['address', 'uint256', 'bytes'], [shop, 5n, '0x'])]),
  },
  {
    id: 'batch',
    calls,
    callData: call('execute', [
      `0x01${'00'.repeat(31)}`,
      encodeAbiParameters(batch, [
        calls.map(({ to, value, data }) => ({ target: to, value: BigInt(value), callData: data })),
      ]),
    ]),
  },
]

const authenticatorData = concat([keccak256(toHex('rp')), '0x1d', '0x00000007'])
const challenge = Buffer.from(userOpHash.slice(2), 'hex').toString('base64url')
const clientDataJSON = `{"type":"webauthn.get","challenge":"${challenge}","origin":"${passkey.origin}","crossOrigin":false}`
const passkeySignature = {
  userOpHash,
  authenticatorData,
  clientDataJSON,
  r: word(11n),
  s: word(12n),
  signature: concat([
    deployment.webAuthnValidator,
    encodeAbiParameters(
      parseAbiParameters('bytes authenticatorData, string clientDataJSON, bytes32[2] rs, bytes credentialId'),
      [authenticatorData, clientDataJSON, [word(11n), word(12n)], passkey.credentialId],
    ),
  ]),
}

const domain = { name: 'zksync-sso-1271', version: '1.0.0', chainId: 8_022_833, verifyingContract: account }
const message = stringToHex('Hello')
const messages = {
  chainId: domain.chainId,
  message,
  // ERC-7739 as typed data: the struct PersonalSign with the prefixed bytes.
  personalHash: keccak256(
    concat([
      '0x1901',
      keccak256(
        encodeAbiParameters(parseAbiParameters('bytes32, bytes32, bytes32, uint256, address'), [
          keccak256(
            toHex('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'),
          ),
          keccak256(toHex(domain.name)),
          keccak256(toHex(domain.version)),
          BigInt(domain.chainId),
          account,
        ]),
      ),
      keccak256(concat([keccak256(toHex('PersonalSign(bytes prefixed)')), hashMessage({ raw: message })])),
    ]),
  ),
  typedHash: hashTypedData({
    domain: { name: 'Shop', version: '1', chainId: domain.chainId },
    types: {
      TypedDataSign: [
        { name: 'contents', type: 'Order' },
        { name: 'name', type: 'string' },
        { name: 'version', type: 'string' },
        { name: 'chainId', type: 'uint256' },
        { name: 'verifyingContract', type: 'address' },
        { name: 'salt', type: 'bytes32' },
      ],
      Order: [{ name: 'amount', type: 'uint256' }],
    },
    primaryType: 'TypedDataSign',
    message: { ...domain, chainId: BigInt(domain.chainId), contents: { amount: 3n }, salt: word(0n) },
  }),
}

const hash = keccak256(toHex('a session'))
const other = keccak256(toHex('another session'))
const vectors = {
  deployment,
  passkey,
  account,
  sessionKey,
  userOpHash,
  deployments: [deploymentVector(0n), deploymentVector(3n)],
  executions,
  sessions: await Promise.all(sessions.map(sessionVector)),
  states: [
    {
      id: 'active',
      session: 'periods',
      timestamp: 1_800_000_000,
      result: state({ status: 1, fee: 10n ** 15n - 4n, transfer: 0n, value: 70n, params: [81n, 90n] }),
      status: 'active',
      usage: { fee: { used: '4', period: 500_000 }, '1.argument.1': { used: '9', period: 20_833 } },
    },
    {
      id: 'closed',
      session: 'periods',
      timestamp: 1_800_000_000,
      result: state({ status: 2, fee: 0n, transfer: 0n, value: 70n, params: [81n, 90n] }),
      status: 'closed',
      usage: {},
    },
    {
      id: 'a figure too few',
      session: 'periods',
      timestamp: 1_800_000_000,
      result: state({ status: 1, fee: 0n, transfer: 0n, value: 70n, params: [81n] }),
      status: 'invalid',
      usage: {},
    },
    {
      id: 'more left than the limit',
      session: 'periods',
      timestamp: 1_800_000_000,
      result: state({ status: 1, fee: 0n, transfer: 0n, value: 71n, params: [81n, 90n] }),
      status: 'invalid',
      usage: {},
    },
  ],
  revocations: [
    { ids: [hash], data: call('revokeKey', [hash]) },
    { ids: [hash, other], data: call('revokeKeys', [[hash, other]]) },
  ],
  owners: {
    add: call('addValidationKey', [passkey.credentialId, [passkey.x, passkey.y], passkey.origin]),
    remove: call('removeValidationKey', [passkey.credentialId, passkey.origin]),
  },
  passkeySignature,
  messages,
}
writeFileSync(
  new URL('zksync-sso.json', import.meta.url),
  `${JSON.stringify(vectors, (_, value) => (typeof value === 'bigint' ? String(value) : value), 2)}\n`,
)
