// Addresses of the contracts: CREATE2 through the deterministic deployment proxy, the same on every chain.
import { concat, encodeAbiParameters, getContractAddress, keccak256, zeroHash } from 'viem'

/** https://github.com/Arachnid/deterministic-deployment-proxy */
const CREATE2_PROXY = '0x4e59b44847b379578588920cA78FbF26c0B4956C'

const ENTRY_POINT = '0x4337084D9E255Ff0702461CF8895CE9E3b5Ff108'
const ENTRY_POINT_SALT = '0x0a59dbff790c23c976a548690c27297883cc66b4c67024f9117b0238995e35e9'

/**
 * Plans the deployment of the whole set.
 *
 * @param artifacts - Release artifacts by contract name.
 * @param entryPointInitCode - Creation code of EntryPoint v0.8.
 * @returns `record` for the wallet and `steps` in the order in which they must be sent: calldata is salt ‖ initCode.
 * @throws If EntryPoint would not land on its canonical address.
 */
export function planDeployment(artifacts, entryPointInitCode) {
  const steps = []
  const add = (name, initCode, salt = zeroHash) => {
    const address = getContractAddress({ opcode: 'CREATE2', from: CREATE2_PROXY, salt, bytecode: initCode })
    steps.push({ name, address, salt, initCode })
    return address
  }

  const entryPoint = add('EntryPoint', entryPointInitCode, ENTRY_POINT_SALT)
  if (entryPoint !== ENTRY_POINT)
    throw new Error(`EntryPoint would land at ${entryPoint}, not ${ENTRY_POINT}`)
  const p256Verifier = add('P256Verifier', artifacts.P256Verifier.bytecode)
  const guardianExecutor = add('GuardianExecutor', artifacts.GuardianExecutor.bytecode)
  const sessionKeyValidator = add('SessionKeyValidator', artifacts.SessionKeyValidator.bytecode)
  const modules = [sessionKeyValidator, guardianExecutor, p256Verifier]
  const factory = add(
    'AAFactory',
    concat([
      artifacts.AAFactory.bytecode,
      encodeAbiParameters(
        modules.map(() => ({ type: 'address' })),
        modules,
      ),
    ]),
  )
  // The factory's constructor creates the implementation, so that both know each other.
  const accountImplementation = getContractAddress({ opcode: 'CREATE', from: factory, nonce: 1n })
  const accountProxyInitCode = proxyInitCode(accountImplementation)
  return {
    steps,
    record: {
      entryPoint,
      factory,
      accountImplementation,
      sessionKeyValidator,
      guardianExecutor,
      p256Verifier,
      create2Proxy: CREATE2_PROXY,
      accountProxyInitCodeHash: keccak256(accountProxyInitCode),
    },
  }
}

/** Mirrors `AccountProxy.initCode` in `contracts/src/account/AccountProxy.sol`. */
function proxyInitCode(implementation) {
  const slot = '360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc'
  return concat([
    '0x73',
    implementation,
    `0x7f${slot}55603f8060403d393df33660055700`,
    `0x5b363d3d373d3d363d7f${slot}545af43d5f5f3e3d5f82603d57fd5bf3`,
  ])
}
