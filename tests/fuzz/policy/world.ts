import { existsSync, readFileSync } from 'node:fs'
import { concat, type Address, type Hex } from 'viem'
import { codecFor } from '@/lib/account/codecs/codec'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { latchkeyDeployment } from '@/lib/chains/deployments/latchkey.gen'
import { Script } from './Script'

/** The codec under test. */
export const codec = codecFor('latchkey')
export { latchkey }

/** The chain that the replay runs on. */
export const chainId = 31337

/** Any point of P-256 does: the owner never signs here. */
const owner = {
  deployment: latchkey,
  passkey: {
    x: '0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296',
    y: '0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
    credentialId: '0x6c6174636b6b657966757a7a',
    origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
  },
  index: 0n,
} as const

/** The account whose sessions are tried. */
export const account: Address = codec.accountAddress(owner)
export const { rules } = codec
export const banned = codec.bannedTargets(account, latchkey)

/** https://github.com/Arachnid/deterministic-deployment-proxy */
const create2ProxyCode: Hex =
  '0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3'

type DeploymentStep = { readonly salt: Hex; readonly initCode: Hex }

/** A script that begins with the contracts, as `npm run build:contracts` made them, and an account. */
export function newScript(deployFile: string): { readonly script: Script; readonly calls: number } {
  if (!existsSync(deployFile)) throw new Error('The contracts are not built: run `npm run build:contracts`.')
  const script = new Script()
  const anyone: Address = '0x00000000000000000000000000000000000b0b0b'
  script.etch(latchkeyDeployment.create2Proxy, create2ProxyCode)
  const steps = JSON.parse(readFileSync(deployFile, 'utf8')) as DeploymentStep[]
  for (const { salt, initCode } of steps)
    script.call(anyone, latchkeyDeployment.create2Proxy, concat([salt, initCode]), 32)
  const { factory, factoryData } = codec.initCode(owner)
  script.call(anyone, factory, factoryData, 32)
  script.deal(account, 10n ** 30n)
  return { script, calls: steps.length + 1 }
}
