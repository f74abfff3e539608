import {
  parseAbiItem,
  toFunctionSelector,
  toFunctionSignature,
  type AbiFunction,
  type AbiParameter,
} from 'viem'
import { PreferencesError } from '@/lib/session/preferences/PreferencesError'
import { readList } from '@/lib/session/preferences/readObject'

const identifier = /^[A-Za-z_$][\w$]{0,99}$/
const type = /^[a-z]{3,8}[0-9]{0,3}(\[[0-9]{0,9}\])*$/

/**
 * Finds a function in an ABI by name, or by signature where the name is overloaded.
 *
 * @param abi - Solidity's JSON form.
 * @throws {PreferencesError} Not an ABI, no such function, or several.
 */
export function readAbiFunction(abi: unknown, functionName: unknown, path: string): AbiFunction {
  const items = readList(abi, `${path}.abi`)
  if (typeof functionName !== 'string')
    throw new PreferencesError(`${path}.functionName`, 'must be a string.')
  const wanted = functionName.replaceAll(/\s/g, '')
  const [name = ''] = wanted.split('(')
  const sameName = items.flatMap((item, index) =>
    isFunctionNamed(item, name) ? [readFunctionItem(item, `${path}.abi[${index}]`)] : [],
  )
  const found = wanted.includes('(')
    ? sameName.filter((item) => toFunctionSignature(item) === wanted)
    : sameName
  const [first, second] = found
  if (!first) throw new PreferencesError(`${path}.functionName`, 'names no function of the ABI.')
  if (second && toFunctionSelector(first) !== toFunctionSelector(second))
    throw new PreferencesError(
      `${path}.functionName`,
      `is overloaded. Give the signature, such as "${toFunctionSignature(first)}".`,
    )
  return first
}

/**
 * Reads a function given as text ("transfer(address to, uint256 amount)") or as an ABI item.
 *
 * @throws {PreferencesError} Neither.
 */
export function readFunction(value: unknown, path: string): AbiFunction {
  if (typeof value !== 'string') return readFunctionItem(value, path)
  const text = value.trim().startsWith('function ') ? value.trim() : `function ${value.trim()}`
  try {
    const item: unknown = parseAbiItem(text.slice(0, 2000))
    return readFunctionItem(item, path)
  } catch (error) {
    throw new PreferencesError(path, 'is not a function, such as "transfer(address,uint256)".', error)
  }
}

/** A function as shown to people: `plant(uint256 plot)`. */
export function functionText({ name, inputs }: AbiFunction): string {
  const parameters = inputs.map((input) =>
    input.name ? `${typeText(input)} ${input.name}` : typeText(input),
  )
  return `${name}(${parameters.join(', ')})`
}

function typeText(parameter: AbiParameter): string {
  if (!('components' in parameter)) return parameter.type
  return `(${parameter.components.map(typeText).join(',')})${parameter.type.slice('tuple'.length)}`
}

function isFunctionNamed(item: unknown, name: string): boolean {
  if (typeof item !== 'object' || item === null) return false
  return 'type' in item && item.type === 'function' && 'name' in item && item.name === name
}

function readFunctionItem(item: unknown, path: string): AbiFunction {
  if (typeof item !== 'object' || item === null || !('name' in item) || !('inputs' in item))
    throw new PreferencesError(path, 'is not a function of an ABI.')
  const { name } = item
  if (typeof name !== 'string' || !identifier.test(name))
    throw new PreferencesError(`${path}.name`, 'is not the name of a function.')
  const inputs = readList(item.inputs, `${path}.inputs`).map((input, index) =>
    readParameter(input, `${path}.inputs[${index}]`, 0),
  )
  return { type: 'function', name, inputs, outputs: [], stateMutability: 'payable' }
}

function readParameter(value: unknown, path: string, depth: number): AbiParameter {
  if (typeof value !== 'object' || value === null || !('type' in value) || depth > 8)
    throw new PreferencesError(path, 'is not a parameter of an ABI.')
  if (typeof value.type !== 'string' || !type.test(value.type))
    throw new PreferencesError(`${path}.type`, 'is not a type of an ABI.')
  const name =
    'name' in value && typeof value.name === 'string' && identifier.test(value.name) ? value.name : ''
  if (!value.type.startsWith('tuple')) return { type: value.type, name }
  const components = readList('components' in value ? value.components : null, `${path}.components`)
  return {
    type: value.type,
    name,
    components: components.map((component, index) =>
      readParameter(component, `${path}.components[${index}]`, depth + 1),
    ),
  }
}
