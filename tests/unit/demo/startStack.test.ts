import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startStack, type Stack } from '@/demo/stack/startStack.mjs'

/** Command lines of all running processes; one that has ended but is not reaped is not running. */
function runningProcesses(): string[] {
  const lines = execFileSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' }).split('\n')
  return lines.filter((line) => !line.startsWith('Z'))
}

async function call(url: string, method: string, params: unknown[] = []) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  return {
    headers: response.headers,
    answer: (await response.json()) as { result?: unknown; error?: { code: number } },
  }
}

describe('startStack', () => {
  let stack: Stack
  beforeAll(async () => {
    stack = await startStack()
  }, 60_000)
  afterAll(() => stack.stop())

  test('behavior: the bundler serves the chain’s EntryPoint and every contract stands', async () => {
    const { rpcUrl, bundlerUrl, contracts, demo, tokens } = stack.record
    const { answer } = await call(bundlerUrl, 'eth_supportedEntryPoints')
    expect(answer.result).toEqual([contracts.entryPoint])
    const { webAuthnValidator, ...standing } = contracts
    expect(webAuthnValidator).toMatch(/^0x0+$/)
    for (const address of [...Object.values(standing), demo.orchard, demo.paymaster, tokens.demoToken]) {
      const code = (await call(rpcUrl, 'eth_getCode', [address, 'latest'])).answer.result
      expect(code, address).not.toBe('0x')
    }
  })

  test('behavior: the paymaster answers any origin, and refuses while it is paused', async () => {
    const { paymasterUrl, contracts, demo, chainId } = stack.record
    const params = [{ sender: demo.shop }, contracts.entryPoint, `0x${chainId.toString(16)}`, {}]
    const { headers, answer } = await call(paymasterUrl, 'pm_getPaymasterStubData', params)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.result).toMatchObject({ paymaster: demo.paymaster, isFinal: false })
    stack.pauseSponsor()
    expect((await call(paymasterUrl, 'pm_getPaymasterData', params)).answer.error?.code).toBe(-32_501)
    stack.resumeSponsor()
  })

  test('error: the paymaster sponsors neither another chain nor another EntryPoint', async () => {
    const { paymasterUrl, contracts, demo } = stack.record
    const otherChain = [{}, contracts.entryPoint, '0x1', {}]
    const otherEntryPoint = [{}, demo.orchard, '0x7a69', {}]
    for (const params of [otherChain, otherEntryPoint]) {
      const { answer } = await call(paymasterUrl, 'pm_getPaymasterStubData', params)
      expect(answer.error?.code).toBe(-32_602)
    }
  })

  test('behavior: the dapp’s record does not carry the funder’s key', async () => {
    const served = await (await fetch(`${stack.record.dappUrl}/stack.json`)).text()
    expect(JSON.parse(served)).toMatchObject({ chainId: stack.record.chainId, demo: stack.record.demo })
    expect(served).not.toContain(stack.record.funder.privateKey)
  })

  test('error: a taken port is named with its part', async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const address = holder.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await expect(startStack({ portBase: port })).rejects.toThrow(`Port ${port} for the chain is not free`)
    await new Promise((resolve) => holder.close(resolve))
  })

  test('behavior: nothing keeps running after stop', async () => {
    const other = await startStack({ dapp: false })
    const port = new URL(other.record.rpcUrl).port
    const bundlerPort = new URL(other.record.bundlerUrl).port
    const mine = () =>
      runningProcesses().filter(
        (line) => line.includes(`--port ${port}`) || line.includes(`--port ${bundlerPort}`),
      )
    expect(mine()).toHaveLength(2)
    await other.stop()
    expect(mine()).toEqual([])
  }, 60_000)

  test('behavior: nothing keeps running after its owner was killed', async () => {
    const start = "import('./demo/stack/startStack.mjs').then((m) => m.startStack({ dapp: false }))"
    const script = `${start}.then(({ record }) => console.log(record.rpcUrl + ' ' + record.bundlerUrl))`
    const owner = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [told] = (await once(owner.stdout, 'data')) as [Buffer]
    const ports = told
      .toString()
      .trim()
      .split(' ')
      .map((url) => `--port ${new URL(url).port}`)
    const parts = () => runningProcesses().filter((line) => ports.some((port) => line.includes(port)))
    expect(parts()).toHaveLength(2)
    owner.kill('SIGKILL')
    await expect.poll(parts, { timeout: 5_000 }).toEqual([])
  }, 60_000)
})
