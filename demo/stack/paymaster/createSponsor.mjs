import { concat, numberToHex } from 'viem'
import { sign } from 'viem/accounts'
import { rpc } from '../chain/rpc.mjs'
import { sponsorHash } from './sponsorHash.mjs'

const validForSeconds = 600
const verificationGas = '0x7530'
const postOpGas = '0x1'
const stubSignature = `0x${'3f'.repeat(64)}1c`
const quantities = [
  'nonce',
  'callGasLimit',
  'verificationGasLimit',
  'preVerificationGas',
  'maxFeePerGas',
  'maxPriorityFeePerGas',
]

/**
 * The ERC-7677 methods of the demo's sponsor. It pays for any operation on this chain's EntryPoint while it is not paused.
 *
 * @see https://eips.ethereum.org/EIPS/eip-7677
 * @param {{ rpcUrl: string, chainId: number, entryPoint: string, paymaster: `0x${string}`, privateKey: `0x${string}` }} options
 */
export function createSponsor({ rpcUrl, chainId, entryPoint, paymaster, privateKey }) {
  const state = { paused: false }

  /** @param {unknown[]} params */
  function check(params) {
    const [op, opEntryPoint, opChainId] = params
    if (typeof op !== 'object' || op === null) throw invalid('The first parameter must be a user operation.')
    if (String(opEntryPoint).toLowerCase() !== entryPoint.toLowerCase()) {
      throw invalid(`Only the EntryPoint ${entryPoint} is sponsored here, not ${opEntryPoint}.`)
    }
    if (Number(opChainId) !== chainId)
      throw invalid(`Only chain ${chainId} is sponsored here, not ${opChainId}.`)
    if (state.paused) throw Object.assign(new Error('The demo’s sponsor is paused.'), { code: -32_501 })
    return op
  }

  return {
    /** Makes the sponsor refuse, or sponsor again. @param {boolean} paused */
    setPaused(paused) {
      state.paused = paused
    },

    methods: {
      /** @param {unknown[]} params */
      async pm_getPaymasterStubData(params) {
        check(params)
        return {
          paymaster,
          paymasterData: concat([numberToHex(2 ** 48 - 1, { size: 6 }), stubSignature]),
          paymasterVerificationGasLimit: verificationGas,
          paymasterPostOpGasLimit: postOpGas,
          sponsor: { name: 'Orchard' },
          isFinal: false,
        }
      },

      /** @param {unknown[]} params */
      async pm_getPaymasterData(params) {
        const op = check(params)
        for (const name of quantities) {
          if (!/^0x[0-9a-f]+$/i.test(String(op[name])))
            throw invalid(`The operation's ${name} must be a quantity.`)
        }
        const limits = { paymasterVerificationGasLimit: verificationGas, paymasterPostOpGasLimit: postOpGas }
        const { timestamp } = await rpc(rpcUrl, 'eth_getBlockByNumber', ['pending', false])
        const validUntil = Number(timestamp) + validForSeconds
        const hash = sponsorHash({ ...limits, ...op }, { chainId, paymaster, validUntil })
        const signature = await sign({ hash, privateKey, to: 'hex' })
        return { paymaster, paymasterData: concat([numberToHex(validUntil, { size: 6 }), signature]) }
      },
    },
  }
}

/** @param {string} message */
function invalid(message) {
  return Object.assign(new Error(message), { code: -32_602 })
}
