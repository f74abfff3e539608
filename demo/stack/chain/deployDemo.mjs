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
 * Deploys the demo's token, the Orchard and two paymasters, one whose service signs and one that pays by itself, and fills their
 * deposits.
 *
 * @param {string} rpcUrl
 * @param {`0x${string}`} entryPoint
 * @returns {Promise<{ demoToken: `0x${string}`, orchard: `0x${string}`, paymaster: `0x${string}`, generalPaymaster: `0x${string}`,
 * shop: `0x${string}`, tipJar: `0x${string}` }>}
 * @throws {Error} A deployment failed.
 */
export async function deployDemo(rpcUrl, entryPoint) {
  const { DemoToken, Orchard, DemoPaymaster, DemoGeneralPaymaster } = await compile('contracts')
  const deploy = (name, { abi, bytecode }, args = []) =>
    deployByProxy(rpcUrl, { name, salt: zeroHash, initCode: encodeDeployData({ abi, bytecode, args }) })

  const demoToken = await deploy('DemoToken', DemoToken)
  const orchard = await deploy('Orchard', Orchard)
  const paymaster = await deploy('DemoPaymaster', DemoPaymaster, [entryPoint, devKeys.sponsor.address])
  const generalPaymaster = await deploy('DemoGeneralPaymaster', DemoGeneralPaymaster, [entryPoint])
  for (const payer of [paymaster, generalPaymaster]) await fillDeposit(rpcUrl, entryPoint, payer)
  const [shop, tipJar] = await Promise.all([
    readAddress(rpcUrl, orchard, 'shop'),
    readAddress(rpcUrl, orchard, 'tipJar'),
  ])
  return { demoToken, orchard, paymaster, generalPaymaster, shop, tipJar }
}

/** @param {string} rpcUrl @param {`0x${string}`} entryPoint @param {`0x${string}`} paymaster */
async function fillDeposit(rpcUrl, entryPoint, paymaster) {
  const receipt = await rpc(rpcUrl, 'eth_sendTransactionSync', [
    {
      from: devKeys.funder.address,
      to: entryPoint,
      value: toHex(sponsorDeposit),
      data: encodeFunctionData({ abi: entryPointAbi, functionName: 'depositTo', args: [paymaster] }),
    },
  ])
  if (receipt.status !== '0x1') throw new Error('Filling a paymaster’s deposit failed.')
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
