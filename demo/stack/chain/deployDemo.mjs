import {
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  parseAbi,
  parseEther,
  toHex,
  zeroHash,
} from 'viem'
import { compile } from '../contracts/compile.mjs'
import { deployByProxy } from './deployByProxy.mjs'
import { devKeys } from './devKeys.mjs'
import { rpc } from './rpc.mjs'

const entryPointAbi = parseAbi(['function depositTo(address account) payable'])
const orchardAbi = parseAbi([
  'function shop() view returns (address)',
  'function tipJar() view returns (address)',
])
const sponsorDeposit = parseEther('1000')

/**
 * Deploys the demo's token, the Orchard and the paymaster, and fills the paymaster's deposit.
 *
 * @param {string} rpcUrl
 * @param {`0x${string}`} entryPoint
 * @returns {Promise<{ demoToken: `0x${string}`, orchard: `0x${string}`, paymaster: `0x${string}`, shop: `0x${string}`, tipJar:
 * `0x${string}` }>}
 * @throws {Error} A deployment failed.
 */
export async function deployDemo(rpcUrl, entryPoint) {
  const { DemoToken, Orchard, DemoPaymaster } = await compile('contracts')
  const deploy = (name, { abi, bytecode }, args = []) =>
    deployByProxy(rpcUrl, { name, salt: zeroHash, initCode: encodeDeployData({ abi, bytecode, args }) })

  const demoToken = await deploy('DemoToken', DemoToken)
  const orchard = await deploy('Orchard', Orchard)
  const paymaster = await deploy('DemoPaymaster', DemoPaymaster, [entryPoint, devKeys.sponsor.address])
  const receipt = await rpc(rpcUrl, 'eth_sendTransactionSync', [
    {
      from: devKeys.funder.address,
      to: entryPoint,
      value: toHex(sponsorDeposit),
      data: encodeFunctionData({ abi: entryPointAbi, functionName: 'depositTo', args: [paymaster] }),
    },
  ])
  if (receipt.status !== '0x1') throw new Error('Filling the paymaster’s deposit failed.')
  const [shop, tipJar] = await Promise.all([
    readAddress(rpcUrl, orchard, 'shop'),
    readAddress(rpcUrl, orchard, 'tipJar'),
  ])
  return { demoToken, orchard, paymaster, shop, tipJar }
}

/** @param {string} rpcUrl @param {string} to @param {'shop' | 'tipJar'} functionName */
async function readAddress(rpcUrl, to, functionName) {
  const data = encodeFunctionData({ abi: orchardAbi, functionName })
  return decodeFunctionResult({
    abi: orchardAbi,
    functionName,
    data: await rpc(rpcUrl, 'eth_call', [{ to, data }, 'latest']),
  })
}
