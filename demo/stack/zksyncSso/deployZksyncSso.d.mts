type Hex = `0x${string}`

/** Where the double stands, with the creation code of its accounts' proxy. */
export interface ZksyncSsoRecord {
  kind: 'zksync-sso'
  entryPoint: Hex
  factory: Hex
  beacon: Hex
  webAuthnValidator: Hex
  eoaKeyValidator: Hex
  sessionKeyValidator: Hex
  guardianExecutor: Hex
  proxyCreationCode: Hex
}

/**
 * Deploys the double of the ZKsync SSO contracts: for tests on the embedded chain, never elsewhere.
 *
 * @throws A deployment failed.
 */
export function deployZksyncSso(rpcUrl: string, entryPoint: Hex): Promise<ZksyncSsoRecord>
