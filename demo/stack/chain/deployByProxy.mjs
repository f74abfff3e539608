import { getContractAddress } from 'viem'
import { devKeys } from './devKeys.mjs'
import { rpc } from './rpc.mjs'

const create2Proxy = '0x4e59b44847b379578588920cA78FbF26c0B4956C'
const gas = `0x${(15_000_000).toString(16)}`

/**
 * Deploys a contract through the CREATE2 proxy, so that its address is the same on every chain.
 *
 * @param {string} rpcUrl
 * @param {{ name: string, salt: `0x${string}`, initCode: `0x${string}`, address?: `0x${string}` }} contract `address` is where it
 * has to land, when that was told.
 * @returns {Promise<`0x${string}`>} Its address.
 * @throws {Error} It landed nowhere or elsewhere; the message names the contract.
 */
export async function deployByProxy(rpcUrl, contract) {
  const { name, salt, initCode } = contract
  const address = getContractAddress({ opcode: 'CREATE2', from: create2Proxy, salt, bytecode: initCode })
  if (contract.address !== undefined && contract.address.toLowerCase() !== address.toLowerCase()) {
    throw new Error(`${name} would land on ${address}, not on ${contract.address}: its record is stale.`)
  }
  const data = `${salt}${initCode.slice(2)}`
  const transaction = { from: devKeys.funder.address, to: create2Proxy, data, gas }
  const receipt = await rpc(rpcUrl, 'eth_sendTransactionSync', [transaction])
  const code = await rpc(rpcUrl, 'eth_getCode', [address, 'latest'])
  if (receipt.status !== '0x1' || code === '0x')
    throw new Error(`Deploying ${name} failed: no code on ${address}.`)
  return address
}
