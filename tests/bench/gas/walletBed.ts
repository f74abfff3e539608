import {
  concat,
  encodeDeployData,
  encodeFunctionData,
  keccak256,
  numberToHex,
  toHex,
  zeroHash,
  type Address,
  type Hex,
} from 'viem'
import { codecFor } from '@/lib/account/codecs/codec'
import { entryPointAbi } from '@/lib/chains/abi/entryPoint.gen'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { deployByProxy } from '../../../demo/stack/chain/deployByProxy.mjs'
import { deployWallet } from '../../../demo/stack/chain/deployWallet.mjs'
import { devKeys } from '../../../demo/stack/chain/devKeys.mjs'
import { rpc } from '../../../demo/stack/chain/rpc.mjs'
import { compile } from '../../../demo/stack/contracts/compile.mjs'
import { fixedPasskey, type FixedPasskey } from './fixedPasskey'

const codec = codecFor('latchkey')

/** Who sends the transactions, and is paid for it: an unlocked account of anvil. */
export const bundler: Address = devKeys.funder.address
/** Receives what is paid; has some of it already. */
export const shop: Address = '0x5407000000000000000000000000000000005407'

/** The wallet's contracts, a token and a sponsor on a chain. */
export type WalletBed = {
  readonly rpcUrl: string
  readonly token: Address
  readonly paymaster: Address
}

/** An account, deployed or not. */
export type BedAccount = {
  readonly address: Address
  readonly owner: FixedPasskey
  readonly factory: Address
  readonly factoryData: Hex
}

/**
 * Puts the wallet's contracts (the release build), a token and the demo's paymaster on a chain.
 *
 * @throws {Error} A deployment failed.
 */
export async function setUpBed(rpcUrl: string): Promise<WalletBed> {
  await deployWallet(rpcUrl)
  const { DemoToken, DemoPaymaster } = await compile('contracts')
  const deploy = ({ abi, bytecode }: typeof DemoToken, name: string, args: readonly unknown[]) =>
    deployByProxy(rpcUrl, { name, salt: zeroHash, initCode: encodeDeployData({ abi, bytecode, args }) })
  const token = await deploy(DemoToken, 'DemoToken', [])
  const paymaster = await deploy(DemoPaymaster, 'DemoPaymaster', [
    latchkey.entryPoint,
    devKeys.sponsor.address,
  ])
  await deposit(rpcUrl, paymaster)
  await mint({ rpcUrl, token }, shop)
  await transact(rpcUrl, { to: shop, value: numberToHex(1) })
  return { rpcUrl, token, paymaster }
}

/** An account with 1 ETH deposited, tokens and ETH, not deployed. @param name - Another name, another passkey. */
export async function fundedAccount(bed: WalletBed, name: string): Promise<BedAccount> {
  const owner = fixedPasskey(name)
  const origin = { deployment: latchkey, passkey: owner.passkey, index: 0n }
  const address = codec.accountAddress(origin)
  await deposit(bed.rpcUrl, address)
  await mint(bed, address)
  await transact(bed.rpcUrl, { to: address, value: toHex(10n ** 18n) })
  return { address, owner, ...codec.initCode(origin) }
}

/** Sends a transaction of the bundler. @throws {Error} It reverted. */
export async function transact(
  rpcUrl: string,
  transaction: { to: Address; data?: Hex; value?: Hex },
): Promise<{ gasUsed: number; logs: readonly { topics: readonly Hex[]; data: Hex }[] }> {
  const request = { from: bundler, gas: numberToHex(15_000_000), ...transaction }
  const receipt = await rpc(rpcUrl, 'eth_sendTransactionSync', [request])
  // Asked again for the reason.
  if (receipt.status !== '0x1') {
    const answer: Hex = await rpc(rpcUrl, 'eth_call', [request, 'latest'])
    throw new Error(`The transaction to ${transaction.to} reverted, and now answers ${answer}.`)
  }
  return { gasUsed: Number(receipt.gasUsed), logs: receipt.logs }
}

/** Salted hash for fixed values. */
export function fixed(name: string): Hex {
  return keccak256(concat([toHex('latchkey bed'), toHex(name)]))
}

function deposit(rpcUrl: string, account: Address) {
  const data = encodeFunctionData({ abi: entryPointAbi, functionName: 'depositTo', args: [account] })
  return transact(rpcUrl, { to: latchkey.entryPoint, data, value: toHex(10n ** 18n) })
}

function mint({ rpcUrl, token }: Pick<WalletBed, 'rpcUrl' | 'token'>, to: Address) {
  const abi = [
    {
      type: 'function',
      name: 'faucet',
      inputs: [{ type: 'address' }],
      outputs: [],
      stateMutability: 'nonpayable',
    },
  ] as const
  return transact(rpcUrl, { to: token, data: encodeFunctionData({ abi, args: [to] }) })
}
