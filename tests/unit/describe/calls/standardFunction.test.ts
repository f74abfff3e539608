import fc from 'fast-check'
import { encodeFunctionData, toFunctionSelector, type AbiFunction, type AbiParameter, type Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import { carriers } from '@/lib/describe/calls/innerCalls'
import { standardDescriptors, standardFunction } from '@/lib/describe/calls/standardFunction'
import { describeCall } from '@/lib/describe/describeCall'
import { context } from '../fixtures'

/** The published selectors, by signature without names. */
const published: Readonly<Record<string, Hex>> = {
  'transfer(address,uint256)': '0xa9059cbb',
  'transferFrom(address,address,uint256)': '0x23b872dd',
  'approve(address,uint256)': '0x095ea7b3',
  'increaseAllowance(address,uint256)': '0x39509351',
  'decreaseAllowance(address,uint256)': '0xa457c2d7',
  'burn(uint256)': '0x42966c68',
  'transferAndCall(address,uint256)': '0x1296ee62',
  'transferAndCall(address,uint256,bytes)': '0x4000aea0',
  'approveAndCall(address,uint256)': '0x3177029f',
  'approveAndCall(address,uint256,bytes)': '0xcae9ca51',
  'permit(address,address,uint256,uint256,uint8,bytes32,bytes32)': '0xd505accf',
  'permit(address,address,uint256,uint256,bool,uint8,bytes32,bytes32)': '0x8fcbaf0c',
  'safeTransferFrom(address,address,uint256)': '0x42842e0e',
  'safeTransferFrom(address,address,uint256,bytes)': '0xb88d4fde',
  'safeTransferFrom(address,address,uint256,uint256,bytes)': '0xf242432a',
  'safeBatchTransferFrom(address,address,uint256[],uint256[],bytes)': '0x2eb2c2d6',
  'setApprovalForAll(address,bool)': '0xa22cb465',
  'deposit()': '0xd0e30db0',
  'withdraw(uint256)': '0x2e1a7d4d',
  'deposit(uint256,address)': '0x6e553f65',
  'mint(uint256,address)': '0x94bf804d',
  'withdraw(uint256,address,address)': '0xb460af94',
  'redeem(uint256,address,address)': '0xba087652',
  'swapExactTokensForTokens(uint256,uint256,address[],address,uint256)': '0x38ed1739',
  'swapExactTokensForTokensSupportingFeeOnTransferTokens(uint256,uint256,address[],address,uint256)':
    '0x5c11d795',
  'swapExactETHForTokens(uint256,address[],address,uint256)': '0x7ff36ab5',
  'swapExactETHForTokensSupportingFeeOnTransferTokens(uint256,address[],address,uint256)': '0xb6f9de95',
  'swapExactTokensForETH(uint256,uint256,address[],address,uint256)': '0x18cbafe5',
  'swapExactTokensForETHSupportingFeeOnTransferTokens(uint256,uint256,address[],address,uint256)':
    '0x791ac947',
  'exactInputSingle((address,address,uint24,address,uint256,uint256,uint256,uint160))': '0x414bf389',
  'exactInputSingle((address,address,uint24,address,uint256,uint256,uint160))': '0x04e45aaf',
  'approve(address,address,uint160,uint48)': '0x87517c45',
  'upgradeTo(address)': '0x3659cfe6',
  'upgradeToAndCall(address,bytes)': '0x4f1ef286',
  'transferOwnership(address)': '0xf2fde38b',
  'installModule(uint256,address,bytes)': '0x9517e29f',
  'uninstallModule(uint256,address,bytes)': '0xa71763a8',
  'addPasskey(bytes32,bytes32,bytes,string)': '0x78ac86ba',
  'removePasskey(bytes32)': '0xab18c40f',
  'addValidationKey(bytes,bytes32[2],string)': '0x8f5bc2af',
  'multicall(bytes[])': '0xac9650d8',
  'multicall(uint256,bytes[])': '0x5ae401dc',
  'multicall(bytes32,bytes[])': '0x1f0464d1',
  'aggregate((address,bytes)[])': '0x252dba42',
  'tryAggregate(bool,(address,bytes)[])': '0xbce38bd7',
  'aggregate3((address,bool,bytes)[])': '0x82ad56cb',
  'aggregate3Value((address,bool,uint256,bytes)[])': '0x174dea71',
}

const standards = Object.keys(standardDescriptors) as Hex[]
const itemOf = (selector: Hex) => {
  const found = standardFunction(selector)
  if (found === null) throw new Error(`No function ${selector}.`)
  return found
}

describe('selectors', () => {
  test.each(Object.entries(published))('behavior: %s is %s', (signature, selector) => {
    expect(toFunctionSelector(signature)).toBe(selector)
  })

  test('behavior: every descriptor and carrier stands at the selector of its signature, and is published', () => {
    const all = { ...carriers }
    for (const selector of standards) all[selector] = itemOf(selector).descriptor.signature
    for (const [selector, signature] of Object.entries(all))
      expect(toFunctionSelector(signature)).toBe(selector)
    expect(Object.keys(all).sort()).toEqual(Object.values(published).sort())
  })
})

describe.each(standards)('descriptor %s', (selector) => {
  const { item, descriptor } = itemOf(selector)

  test('behavior: its paths name what the function has', () => {
    const paths = [
      ...descriptor.fields.flatMap((field) => ('token' in field ? [field.path, field.token] : [field.path])),
      ...[...descriptor.intents, ...(descriptor.warnings ?? [])].flatMap(({ text, when }) => [
        ...[...text.matchAll(/\{([^}]+)\}/g)].map(([, path = '']) => path),
        ...(when ? [when.path] : []),
      ]),
    ]
    const known = paths.filter((path) => path !== '@.to' && path !== '@.value')
    for (const path of known) {
      const [head = '', next] = path.split('.')
      const input = item.inputs.find(({ name }) => name === head) as
        (AbiParameter & { components?: readonly AbiParameter[] }) | undefined
      expect(input, path).toBeDefined()
      if (next !== undefined && !next.startsWith('['))
        expect(input?.components?.map(({ name }) => name)).toContain(next)
    }
  })

  test('behavior: any arguments are told; with a byte more they are unknown', () => {
    fc.assert(
      fc.property(argumentsOf(item), fc.bigInt(0n, 2n ** 90n), (args, value) => {
        const data = encodeFunctionData({ abi: [item], args: [...args] })
        const words = describeCall({ to, value, data }, context)
        expect(words.source).toBe('standard')
        expect(words.title).not.toMatch(/[{}]|undefined|^$/)
        expect(words.lines.join()).not.toMatch(/undefined|NaN|Invalid/)
        expect(describeCall({ to, value, data: `${data}01` }, context).source).toBe('unknown')
      }),
      { numRuns: 25 },
    )
  })
})

const to = '0x3333333333333333333333333333333333333333'
const hexOf = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((array): Hex => `0x${Buffer.from(array).toString('hex')}`)

function argumentsOf({ inputs }: AbiFunction): fc.Arbitrary<readonly unknown[]> {
  return fc.tuple(...inputs.map(valueOf))
}

function valueOf(parameter: AbiParameter): fc.Arbitrary<unknown> {
  const { type } = parameter
  const list = /^(.*)\[(\d*)\]$/.exec(type)
  if (list !== null) {
    const [, inner = '', count] = list
    const size = count ? { minLength: Number(count), maxLength: Number(count) } : { maxLength: 4 }
    return fc.array(valueOf({ ...parameter, type: inner }), size)
  }
  if (type === 'tuple') {
    const { components } = parameter as { components: readonly (AbiParameter & { name: string })[] }
    return fc.record(Object.fromEntries(components.map((one) => [one.name, valueOf(one)])))
  }
  const bits = Number(/^uint(\d+)$/.exec(type)?.[1])
  if (bits > 48) return fc.bigInt(0n, 2n ** BigInt(bits) - 1n)
  if (bits > 0) return fc.integer({ min: 0, max: 2 ** bits - 1 })
  if (type === 'address') return hexOf(20)
  if (type === 'bool') return fc.boolean()
  if (type === 'string') return fc.string()
  if (type === 'bytes') return fc.integer({ min: 0, max: 70 }).chain(hexOf)
  return hexOf(Number(type.slice('bytes'.length)))
}
