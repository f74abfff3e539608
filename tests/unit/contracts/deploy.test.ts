import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { latchkeyDeployment } from '@/lib/chains/deployments/latchkey.gen'
import { devKeys } from '../../../demo/stack/chain/devKeys.mjs'
import { rpc } from '../../../demo/stack/chain/rpc.mjs'
import { startAnvil, type Anvil } from '../../bench/gas/startAnvil'

const script = fileURLToPath(new URL('../../../contracts/script/deploy.mjs', import.meta.url))
let anvil: Anvil

beforeAll(async () => {
  anvil = await startAnvil()
}, 60_000)

afterAll(() => anvil.stop())

type Run = { code: number; output: string; errors: string }

/** Runs the command. */
function deploy(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const options = { env: { PATH: process.env['PATH'] ?? '', ...env } }
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], options, (error, output, errors) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output, errors })
    })
  })
}

/** Lines that start with the word. */
function count({ output }: Run, word: string): number {
  return output.split('\n').filter((line) => line.startsWith(word)).length
}

describe('deployment of the whole set', { timeout: 60_000 }, () => {
  test('behavior: deploys all with a key, verifies the code and prints the record', async () => {
    const run = await deploy(['--rpc-url', anvil.rpcUrl], { PRIVATE_KEY: devKeys.funder.privateKey })
    expect(run.errors).toBe('')
    expect([run.code, count(run, 'deployed'), count(run, 'verified')]).toEqual([0, 5, 6])
    const record = JSON.parse(run.output.slice(run.output.indexOf('{')))
    expect(record).toMatchObject({ chainId: 31337, ...latchkeyDeployment })
    expect(Object.keys(record.codeHashes)).toContain('SsoAccount')
  })

  test('behavior: leaves alone what stands, and needs no key to check', async () => {
    const again = await deploy(['--rpc-url', anvil.rpcUrl, '--unlocked', devKeys.funder.address])
    expect([again.code, count(again, 'stands'), count(again, 'deployed')]).toEqual([0, 5, 0])
    expect((await deploy(['--rpc-url', anvil.rpcUrl, '--check'])).code).toBe(0)
  })

  test('behavior: puts back what is missing, with an account that the node unlocks', async () => {
    await rpc(anvil.rpcUrl, 'anvil_setCode', [latchkeyDeployment.guardianExecutor, '0x'])
    await rpc(anvil.rpcUrl, 'anvil_setNonce', [latchkeyDeployment.guardianExecutor, '0x0'])
    const check = await deploy(['--rpc-url', anvil.rpcUrl, '--check'])
    expect([check.code, check.errors]).toEqual([1, expect.stringContaining('GuardianExecutor is missing')])
    const run = await deploy(['--rpc-url', anvil.rpcUrl, '--unlocked', devKeys.funder.address])
    expect([run.code, count(run, 'stands'), count(run, 'deployed')]).toEqual([0, 4, 1])
  })

  test('error: other code, or another value of an immutable', async () => {
    const { accountImplementation } = latchkeyDeployment
    const code: string = await rpc(anvil.rpcUrl, 'eth_getCode', [accountImplementation, 'latest'])
    const factory = latchkeyDeployment.factory.slice(2).toLowerCase()
    expect(code).toContain(factory)
    for (const changed of [code.replaceAll(factory, `${'00'.repeat(19)}01`), `${code.slice(0, -2)}ff`]) {
      await rpc(anvil.rpcUrl, 'anvil_setCode', [accountImplementation, changed])
      const run = await deploy(['--rpc-url', anvil.rpcUrl, '--check'])
      expect([run.code, run.errors]).toEqual([1, expect.stringContaining('is not that of SsoAccount')])
    }
    await rpc(anvil.rpcUrl, 'anvil_setCode', [accountImplementation, code])
  })

  test('error: a chain without the CREATE2 proxy is told what it lacks', async () => {
    await rpc(anvil.rpcUrl, 'anvil_setCode', [latchkeyDeployment.create2Proxy, '0x'])
    const run = await deploy(['--rpc-url', anvil.rpcUrl, '--unlocked', devKeys.funder.address])
    expect([run.code, run.errors]).toEqual([1, expect.stringContaining('has no CREATE2 proxy')])
  })

  test('error: no key, and a key that is none', async () => {
    expect((await deploy(['--rpc-url', anvil.rpcUrl])).errors).toContain('No key')
    const wrong = await deploy(['--rpc-url', anvil.rpcUrl, '--private-key', '0x12'])
    expect(wrong.errors).toContain('64 hex digits')
  })
})
