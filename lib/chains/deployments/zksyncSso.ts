import type { ZksyncSsoDeployment } from '@/lib/chains/network'

/** Public deployments of the ZKsync SSO contracts by chain id. 8022833 is the ZKsync OS testnet. */
export const zksyncSso: Readonly<Record<number, ZksyncSsoDeployment>> = {
  8_022_833: {
    kind: 'zksync-sso',
    entryPoint: '0x4337084D9E255Ff0702461CF8895CE9E3b5Ff108',
    factory: '0x757b5c9854d327A6B76840c996dfAac0F6b3Dc1f',
    beacon: '0x1D779D791B55a093dE60da664C3F301a87f96C62',
    webAuthnValidator: '0xa5C2c5C723239C0cD11a5691954CdAC4369C874b',
    eoaKeyValidator: '0x3497392f9662Da3de1EC2AfE8724CdBF6b884088',
    sessionKeyValidator: '0x2bF3B894aA2C13A1545C6982bBbee435B5168b52',
    guardianExecutor: '0x4337768cB3eC57Dd2cb843eFb929B773B13322de',
  },
}
