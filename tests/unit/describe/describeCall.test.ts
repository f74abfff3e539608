import { encodeFunctionData, erc20Abi, multicall3Abi, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { encodeExecute } from '@/lib/account/codecs/executeCalls'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { addressesOfCall } from '@/lib/describe/calls/addressesOfCall'
import { tokensOfCalls } from '@/lib/describe/calls/tokensOfCalls'
import { warningsOf, type CallDescription } from '@/lib/describe/calls/callDescription'
import { describeCall } from '@/lib/describe/describeCall'
import { demo, orchard, plantCall, shop, thief, tipCall, transferCall } from '../policy/fixtures'
import { context } from './fixtures'

const ether = 10n ** 18n
const word = `0x${'11'.repeat(32)}` as const
const multicall = parseAbi(['function multicall(bytes[] data)'])

describe('describeCall', () => {
  test('behavior: native and token transfers', () => {
    expect(describeCall(tipCall(2n * 10n ** 15n), context)).toMatchObject({
      title: 'Send 0.002 ETH to Orchard Shop',
      lines: [],
    })
    expect(describeCall(transferCall(15n * 10n ** 17n, thief), context)).toMatchObject({
      title: 'Send 1.5 DEMO to 0x9999…9999',
      lines: ['Token: 0x2222…2222'],
    })
    const data = encodeFunctionData({
      abi: erc20Abi,
      functionName: 'transferFrom',
      args: [thief, shop, ether],
    })
    expect(describeCall({ to: demo, value: 0n, data }, context).title).toBe(
      'Send 1 DEMO from 0x9999…9999 to Orchard Shop',
    )
  })

  test('behavior: approvals, limited and not', () => {
    const approve = (amount: bigint) =>
      encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [shop, amount] })
    const title = (amount: bigint) =>
      describeCall({ to: demo, value: 0n, data: approve(amount) }, context).title
    expect(title(5n * ether)).toBe('Let Orchard Shop take up to 5 DEMO')
    expect(title(2n ** 256n - 1n)).toBe('Let Orchard Shop take all your DEMO')
  })

  test('behavior: functions that the site named, with their arguments', () => {
    expect(describeCall({ ...plantCall(7n), value: ether }, context)).toMatchObject({
      title: 'Plant',
      source: 'site',
      lines: ['plot: 7', 'Contract: 0x3333…3333', 'Sends 1 ETH'],
    })
    const abi = parseAbi(['function swapAll((address token, uint256 least) what, uint8[] path, string note)'])
    const data = encodeFunctionData({ abi, args: [{ token: shop, least: 3n }, [1, 2], 'x'.repeat(200)] })
    const functions = {
      [`${orchard}:${data.slice(0, 10)}`]: 'swapAll((address,uint256) what, uint8[] path, string note)',
    }
    expect(describeCall({ to: orchard, value: 0n, data }, { ...context, functions })).toMatchObject({
      title: 'Swap all',
      lines: [
        'what: [Orchard Shop, 3]',
        'path: [1, 2]',
        `note: ${'x'.repeat(100)}…`,
        'Contract: 0x3333…3333',
      ],
    })
  })

  test('behavior: what cannot be told is said to be unknown, with selector and size', () => {
    expect(describeCall({ to: thief, value: 0n, data: '0x1234567800' }, context)).toEqual({
      title: 'Unknown function 0x12345678',
      lines: ['Contract: 0x9999…9999', '5 bytes of data'],
      source: 'unknown',
      warnings: [
        { severity: 'caution', text: expect.stringContaining('neither a common standard nor the site') },
      ],
      inner: [],
    })
    expect(describeCall({ to: thief, value: 1n, data: '0x12' }, context)).toMatchObject({
      title: 'Unreadable data',
      lines: ['Contract: 0x9999…9999', 'Sends 0.000000000000000001 ETH', 'Data: 0x12'],
    })
  })

  test.each([
    ['cut off', '0xa9059cbb00'],
    ['with a byte behind', `${transferCall(1n, shop).data}00`],
    [
      'with a dirty address',
      transferCall(1n, shop).data.replace(
        '0xa9059cbb000000000000000000000000',
        '0xa9059cbb010000000000000000000000',
      ),
    ],
  ])('behavior: a known function whose data is %s is unknown', (_how, data) => {
    const words = describeCall({ to: demo, value: 0n, data: data as `0x${string}` }, context)
    expect(words).toMatchObject({ title: 'Unknown function 0xa9059cbb', source: 'unknown' })
    expect(words.warnings[0]?.text).toContain('not exactly that of `transfer`')
  })

  test('behavior: so is a function of the site, and a multicall', () => {
    const cut = { ...plantCall(7n), data: plantCall(7n).data.slice(0, -2) as `0x${string}` }
    expect(describeCall(cut, context)).toMatchObject({
      title: 'Unknown function 0xc383e22b',
      source: 'unknown',
    })
    const data = `${encodeFunctionData({ abi: multicall, args: [['0x01']] })}00` as const
    expect(describeCall({ to: orchard, value: 0n, data }, context).warnings[0]?.text).toContain('`multicall`')
  })

  test('behavior: what carries instructions that nobody can read says so', () => {
    const data = encodeFunctionData({
      abi: parseAbi(['function execute(bytes commands, bytes[] inputs, uint256 end)']),
      args: ['0x0b', ['0x'], 1n],
    })
    const words = describeCall({ to: orchard, value: 0n, data }, context)
    expect(words).toMatchObject({ title: 'Execute', source: 'unknown' })
    expect(words.warnings[0]?.text).toContain('can carry any instruction')
  })

  test('behavior: a standard goes before what a site calls the same selector', () => {
    const functions = { [`${demo}:0xa9059cbb`]: 'transfer(address claim, uint256 reward)' }
    const words = describeCall(transferCall(ether, thief), { ...context, functions })
    expect(words).toMatchObject({ title: 'Send 1 DEMO to 0x9999…9999', source: 'standard' })
  })

  test('behavior: text that would not be seen, or would pass for code, is spelled out', () => {
    const data = encodeFunctionData({ abi: parseAbi(['function note(string text)']), args: ['a\u202eb`c'] })
    const of = { ...context, functions: { [`${orchard}:${data.slice(0, 10)}`]: 'note(string text)' } }
    expect(describeCall({ to: orchard, value: 0n, data }, of).lines[0]).toBe('text: a‹U+202E›b‹U+0060›c')
  })
})

describe('calls inside calls', () => {
  test('behavior: a multicall shows its calls, which come from the account', () => {
    const data = encodeFunctionData({ abi: multicall, args: [[plantCall(1n).data, plantCall(2n).data]] })
    const words = describeCall({ to: orchard, value: 3n, data }, context)
    expect(words).toMatchObject({ title: 'Multicall: 2 calls in order', source: 'standard', warnings: [] })
    expect(words.inner.map(({ title, lines }) => [title, lines[0]])).toEqual([
      ['Plant', 'plot: 1'],
      ['Plant', 'plot: 2'],
    ])
    // The value is of the whole, not of each.
    expect(words.inner.flatMap(({ lines }) => lines).join()).not.toContain('Sends')
    const wrap = encodeFunctionData({ abi: parseAbi(['function deposit() payable']) })
    const paid = encodeFunctionData({ abi: multicall, args: [[wrap]] })
    const [deposit] = describeCall({ to: orchard, value: ether, data: paid }, context).inner
    expect(deposit?.title).toBe('Deposit 1 ETH into 0x3333…3333')
    expect(words.lines).toContain('Sends 0.000000000000000003 ETH')
  })

  test('behavior: an aggregate says that another contract makes the calls', () => {
    const calls = [{ target: demo, allowFailure: false, callData: transferCall(ether, thief).data }] as const
    const data = encodeFunctionData({ abi: multicall3Abi, functionName: 'aggregate3', args: [calls] })
    const words = describeCall({ to: orchard, value: 0n, data }, context)
    expect(words.title).toBe('Aggregate3: one call')
    expect(words.warnings[0]?.text).toContain('makes these calls, not your account')
    expect(words.inner[0]?.title).toBe('Send 1 DEMO to 0x9999…9999')
  })

  test('behavior: more than can be looked over is a danger, in width and in depth', () => {
    const wide = encodeFunctionData({
      abi: multicall,
      args: [Array.from({ length: 40 }, () => plantCall(1n).data)],
    })
    const words = describeCall({ to: orchard, value: 0n, data: wide }, context)
    expect(words.inner).toHaveLength(16)
    expect(warningsOf(words)).toContainEqual({
      severity: 'danger',
      text: expect.stringContaining('24 calls inside are not shown'),
    })
    let data = plantCall(1n).data
    for (let depth = 0; depth < 5; depth++) data = encodeFunctionData({ abi: multicall, args: [[data]] })
    const deep = warningsOf(describeCall({ to: orchard, value: 0n, data }, context))
    expect(deep).toContainEqual({ severity: 'danger', text: expect.stringContaining('1 call inside is') })
  })

  test('behavior: wide and deep at once is bounded all the same', () => {
    let data = plantCall(1n).data
    for (let depth = 0; depth < 3; depth++)
      data = encodeFunctionData({ abi: multicall, args: [Array.from({ length: 16 }, () => data)] })
    const count = ({ inner }: CallDescription): number => inner.reduce((sum, one) => sum + 1 + count(one), 0)
    const call = { to: orchard, value: 0n, data } as const
    expect(count(describeCall(call, context))).toBe(48)
    expect(addressesOfCall(call)).toEqual([{ role: 'Contract', address: orchard }])
    expect(tokensOfCalls([call], undefined)).toEqual([orchard])
  })
})

describe('dangers', () => {
  const account = '0x7777777777777777777777777777777777777777'
  const own = { ...context, account } as const
  const dangers = (to: `0x${string}`, data: `0x${string}`) =>
    warningsOf(describeCall({ to, value: 0n, data }, own))
      .filter(({ severity }) => severity === 'danger')
      .map(({ text }) => text)
  const abi = parseAbi([
    'function approve(address spender, uint256 amount)',
    'function setApprovalForAll(address operator, bool approved)',
    'function upgradeToAndCall(address implementation, bytes data)',
    'function addPasskey(bytes32 x, bytes32 y, bytes credentialId, string origin)',
    'function createSession(bytes spec)',
    'function execute(bytes32 mode, bytes data)',
  ])

  test('behavior: unlimited approvals, of tokens and of collections', () => {
    const approve = (amount: bigint) =>
      encodeFunctionData({ abi, functionName: 'approve', args: [thief, amount] })
    expect(dangers(demo, approve(2n ** 256n - 1n))).toEqual([
      'Unlimited: 0x9999…9999 can take all your DEMO, now and later, until you remove the approval.',
    ])
    expect(dangers(demo, approve(ether))).toEqual([])
    expect(describeCall({ to: demo, value: 0n, data: approve(0n) }, own).title).toBe(
      'Stop 0x9999…9999 from taking tokens of 0x2222…2222',
    )
    const all = (approved: boolean) =>
      encodeFunctionData({ abi, functionName: 'setApprovalForAll', args: [thief, approved] })
    expect(dangers(orchard, all(true))).toHaveLength(1)
    expect(dangers(orchard, all(false))).toEqual([])
  })

  test('behavior: upgrades, changes of the account itself and of its modules, also inside a multicall', () => {
    const upgrade = encodeFunctionData({ abi, functionName: 'upgradeToAndCall', args: [thief, '0x'] })
    expect(dangers(orchard, upgrade)).toEqual([expect.stringContaining('replaces the code of 0x3333…3333')])
    const add = encodeFunctionData({
      abi,
      functionName: 'addPasskey',
      args: [word, word, '0x01', 'https://a.example'],
    })
    expect(dangers(account, add)).toEqual([
      expect.stringContaining('changes your account itself'),
      expect.stringContaining('Whoever has that passkey'),
    ])
    const create = encodeFunctionData({ abi, functionName: 'createSession', args: ['0x01'] })
    expect(dangers(latchkey.sessionKeyValidator, create)).toEqual([
      expect.stringContaining('your account runs on'),
    ])
    const inside = encodeFunctionData({ abi: multicall, args: [[upgrade]] })
    expect(dangers(orchard, inside)).toHaveLength(1)
    const self = encodeExecute([{ to: latchkey.sessionKeyValidator, value: 0n, data: create }])
    expect(dangers(account, self)).toHaveLength(2)
  })

  test('behavior: what comes back from a swap goes to the account, or is pointed out', () => {
    const swap = (to: `0x${string}`) =>
      encodeFunctionData({
        abi: parseAbi([
          'function swapExactETHForTokens(uint256 least, address[] path, address to, uint256 deadline) payable',
        ]),
        args: [5n * ether, [orchard, demo], to, BigInt(context.now + 60)],
      })
    const words = (to: `0x${string}`) => describeCall({ to: orchard, value: ether, data: swap(to) }, own)
    expect(words(account)).toMatchObject({ title: 'Swap 1 ETH for at least 5 DEMO', warnings: [] })
    expect(words(account).lines).toContain('Usable until: today, 18:31')
    expect(words(thief).warnings).toEqual([
      { severity: 'caution', text: 'What comes back goes to 0x9999…9999, not to your account.' },
    ])
  })

  test('behavior: an amount of what is no known token may be the number of an item', () => {
    const data = encodeFunctionData({ abi, functionName: 'approve', args: [thief, 7n] })
    expect(describeCall({ to: orchard, value: 0n, data }, own).warnings[0]?.text).toContain(
      'If it is a collection',
    )
    expect(describeCall({ to: demo, value: 0n, data }, own).warnings).toEqual([])
  })
})
