import { toFunctionSelector, type Hex } from 'viem'
import type { CallPolicy } from '@/lib/policy/spec'
import { PreferencesError } from '@/lib/session/preferences/PreferencesError'
import { readAddress } from '@/lib/session/preferences/readAddress'
import { readConstraint, readWordConstraint } from '@/lib/session/preferences/readConstraint'
import { functionText, readAbiFunction, readFunction } from '@/lib/session/preferences/readFunction'
import { readList, readObject } from '@/lib/session/preferences/readObject'
import { readPolicyLimits } from '@/lib/session/preferences/readPolicyLimits'

/** A call policy, with its function as shown to people where the site named it. */
export type NamedCallPolicy = { readonly policy: CallPolicy; readonly text: string | null }

/**
 * Reads one entry of `contractCalls`: `address`, `abi`, `functionName`; constraints count parameters.
 *
 * @throws {PreferencesError} A member is unknown or malformed.
 */
export function readContractCall(value: unknown, path: string): NamedCallPolicy {
  const members = readObject(value, path, [
    'address',
    'abi',
    'functionName',
    'maxValuePerUse',
    'valueLimit',
    'useLimit',
    'constraints',
  ])
  const fn = readAbiFunction(members.abi, members.functionName, path)
  const constraints = readList(members.constraints, `${path}.constraints`)
  return {
    policy: {
      target: readAddress(members.address, `${path}.address`),
      selector: toFunctionSelector(fn),
      ...readPolicyLimits(members, path),
      constraints: constraints.flatMap((item, index) =>
        readConstraint(item, `${path}.constraints[${index}]`, fn),
      ),
    },
    text: functionText(fn),
  }
}

/**
 * Reads one entry of the older `callPolicies`: `target` and `function` or `selector`; constraints count words.
 *
 * @throws {PreferencesError} A member is unknown or malformed.
 */
export function readCallPolicy(value: unknown, path: string): NamedCallPolicy {
  const members = readObject(value, path, [
    'target',
    'function',
    'selector',
    'maxValuePerUse',
    'valueLimit',
    'useLimit',
    'constraints',
  ])
  const fn = members.function === undefined ? null : readFunction(members.function, `${path}.function`)
  const given = members.selector === undefined ? null : readSelector(members.selector, `${path}.selector`)
  const selector = fn ? toFunctionSelector(fn) : given
  if (selector === null) throw new PreferencesError(path, 'needs a function or a selector.')
  if (given !== null && given !== selector)
    throw new PreferencesError(`${path}.selector`, 'is not that of the function. Leave one out.')
  const constraints = readList(members.constraints, `${path}.constraints`)
  return {
    policy: {
      target: readAddress(members.target, `${path}.target`),
      selector,
      ...readPolicyLimits(members, path),
      constraints: constraints.map((item, index) =>
        readWordConstraint(item, `${path}.constraints[${index}]`, fn),
      ),
    },
    text: fn ? functionText(fn) : null,
  }
}

function readSelector(value: unknown, path: string): Hex {
  if (typeof value !== 'string' || !/^0x[0-9a-f]{8}$/i.test(value))
    throw new PreferencesError(path, 'must be a selector of 4 bytes.')
  return value.toLowerCase() as Hex
}
