import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Answers } from './Answers'
import type { Script } from './Script'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const native = join(root, 'node_modules/@foundry-rs/forge-linux-amd64/bin/forge')

/** The token that the exposure test drains, as the replay's project compiled it. */
export const tokenFile = join(root, 'contracts/out/replay/GenerousToken.sol/GenerousToken.json')

/** Where the contracts' build says what is deployed. */
export const deployFile = join(root, 'contracts/out/deploy.json')

/**
 * Plays a script on a chain of its own, by Foundry.
 *
 * @param name - Of the folder for script and answers, one per process.
 * @throws {Error} The replay failed, with what Foundry printed.
 */
export async function replay(script: Script, name: string): Promise<Answers> {
  const folder = join(root, 'tests/out/replay', name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, '0.in'), script.bytes())
  const env = {
    ...process.env,
    FOUNDRY_PROFILE: 'replay',
    LATCHKEY_REPLAY: `../tests/out/replay/${name}`,
    LATCHKEY_REPLAY_FILES: '1',
  }
  const limits = ['--gas-limit', `${2n ** 62n}`, '--memory-limit', `${2 ** 30}`]
  const test = ['test', '--color', 'never']
  const { code, output } = await run([...test, ...limits], env)
  const answers = join(folder, '0.out')
  if (code !== 0 || !existsSync(answers)) throw new Error(`The replay failed:\n${output}`)
  const bytes = readFileSync(answers)
  rmSync(folder, { recursive: true, force: true })
  return new Answers(bytes)
}

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number; output: string }> {
  const child = spawn(existsSync(native) ? native : 'forge', args, {
    cwd: join(root, 'contracts'),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
