import type { Abi, AbiParameter, AbiParameterToPrimitiveType, Address, ContractFunctionName } from 'viem'
import { functionsNamed } from './functionsNamed.js'
import type { CallPolicy, ConstraintCondition, Limit, PolicyLimits } from './preferences.js'

type WritableName<abi extends Abi> = ContractFunctionName<abi, 'nonpayable' | 'payable'>

/** Names of the functions of an ABI, or a signature such as "mint(uint256)"; any string when the ABI's type is not known. */
type FunctionName<abi extends Abi> = Abi extends abi
  ? string
  : WritableName<abi> | `${WritableName<abi>}(${string})`

type Inputs<abi extends Abi, name extends string> = Abi extends abi
  ? readonly AbiParameter[]
  : name extends WritableName<abi>
    ? Extract<abi[number], { readonly type: 'function'; readonly name: name }>['inputs']
    : readonly AbiParameter[]

/** Types whose contents stand elsewhere in the calldata: no constraint can reach them. */
type Dynamic = 'string' | 'bytes' | `${string}[]`

/** A constraint on one of `inputs`: its `index` tells the type of its `value`. */
export type ConstraintOf<inputs extends readonly AbiParameter[]> = inputs extends inputs
  ? number extends inputs['length']
    ? ConstraintAt<number, unknown>
    : { [key in keyof inputs]: ConstraintOn<inputs[key], key> }[number]
  : never

type ConstraintOn<parameter, key> = parameter extends AbiParameter
  ? parameter extends { readonly type: Dynamic }
    ? never
    : key extends `${infer index extends number}`
      ? ConstraintAt<index, AbiParameterToPrimitiveType<parameter, 'inputs'>>
      : never
  : never

type ConstraintAt<index extends number, value> = {
  readonly index: index
  readonly value?: value | undefined
  readonly condition?: ConstraintCondition | undefined
  readonly limit?: Limit | undefined
}

/** Parameters of {@link callPolicy}. */
export type CallPolicyParameters<abi extends Abi, name extends string> = PolicyLimits & {
  readonly address: Address
  readonly abi: abi
  readonly functionName: name
  readonly constraints?: readonly ConstraintOf<Inputs<abi, name>>[] | undefined
}

/**
 * A call policy whose function and argument values are checked by the compiler, given an ABI `as const`.
 *
 * @throws {TypeError} The ABI has no function of that name.
 */
export function callPolicy<const abi extends Abi, name extends FunctionName<abi>>(
  parameters: CallPolicyParameters<abi, name>,
): CallPolicy {
  const { abi, functionName } = parameters
  return { ...parameters, abi: functionsNamed(abi, functionName) }
}
