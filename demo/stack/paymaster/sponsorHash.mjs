import { concat, encodeAbiParameters, keccak256, pad } from 'viem'

const types = [
  'address',
  'uint256',
  'bytes32',
  'bytes32',
  'bytes32',
  'uint256',
  'bytes32',
  'bytes32',
  'uint256',
  'address',
  'uint48',
].map((type) => ({ type }))

/**
 * What the sponsor signs for a user operation. Mirrors `getHash` in `contracts/DemoPaymaster.sol`.
 *
 * @param {Record<string, `0x${string}` | undefined>} op The unpacked operation as ERC-4337's RPC carries it (v0.7 and later).
 * @param {{ chainId: number, paymaster: `0x${string}`, validUntil: number }} terms `validUntil` in Unix seconds.
 * @returns {`0x${string}`}
 */
export function sponsorHash(op, { chainId, paymaster, validUntil }) {
  const initCode = op.factory === undefined ? '0x' : concat([op.factory, op.factoryData ?? '0x'])
  return keccak256(
    encodeAbiParameters(types, [
      op.sender,
      BigInt(op.nonce),
      keccak256(initCode),
      keccak256(op.callData),
      pair(op.verificationGasLimit, op.callGasLimit),
      BigInt(op.preVerificationGas),
      pair(op.maxPriorityFeePerGas, op.maxFeePerGas),
      pair(op.paymasterVerificationGasLimit ?? '0x0', op.paymasterPostOpGasLimit ?? '0x0'),
      BigInt(chainId),
      paymaster,
      validUntil,
    ]),
  )
}

/** Two quantities as the 16-byte halves of a word. @param {`0x${string}`} high @param {`0x${string}`} low */
function pair(high, low) {
  return concat([half(high), half(low)])
}

/** @param {`0x${string}`} quantity */
function half(quantity) {
  const digits = BigInt(quantity).toString(16)
  return pad(`0x${digits}`, { size: 16 })
}
