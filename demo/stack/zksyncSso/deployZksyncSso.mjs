import { decodeFunctionResult, encodeDeployData, encodeFunctionData, zeroHash } from 'viem'
import { deployByProxy } from '../chain/deployByProxy.mjs'
import { rpc } from '../chain/rpc.mjs'
import { compile } from '../contracts/compile.mjs'

/**
 * Deploys the double of the ZKsync SSO contracts: for tests on the embedded chain, never elsewhere. They are written from the
 * published formats, so that what the wallet sends can be validated by the real EntryPoint; they are not the public contracts.
 *
 * @param {string} rpcUrl
 * @param {`0x${string}`} entryPoint
 * @returns {Promise<import('./deployZksyncSso.mjs').ZksyncSsoRecord>}
 * @throws {Error} A deployment failed.
 */
export async function deployZksyncSso(rpcUrl, entryPoint) {
  const contracts = await compile('zksyncSso')
  const deploy = (name, args = []) => {
    const { abi, bytecode } = contracts[name]
    return deployByProxy(rpcUrl, {
      name,
      salt: zeroHash,
      initCode: encodeDeployData({ abi, bytecode, args }),
    })
  }
  const beacon = await deploy('AccountBeacon', [await deploy('SsoAccount')])
  const factory = await deploy('AccountFactory', [beacon])
  const { abi } = contracts.AccountFactory
  const functionName = 'proxyCreationCode'
  const request = { to: factory, data: encodeFunctionData({ abi, functionName }) }
  const data = await rpc(rpcUrl, 'eth_call', [request, 'latest'])
  return {
    kind: 'zksync-sso',
    entryPoint,
    factory,
    beacon,
    webAuthnValidator: await deploy('WebAuthnValidator'),
    // Accounts of the wallet have no such owner: nothing stands there.
    eoaKeyValidator: '0x3497392f9662Da3de1EC2AfE8724CdBF6b884088',
    sessionKeyValidator: await deploy('SessionKeyValidator'),
    guardianExecutor: await deploy('GuardianExecutor'),
    proxyCreationCode: decodeFunctionResult({ abi, functionName, data }),
  }
}
