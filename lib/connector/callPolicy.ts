import type {
  Abi,
  AbiParameter,
  AbiParametersToPrimitiveTypes,
  ExtractAbiFunction,
  ExtractAbiFunctionNames,
} from 'abitype'
import type { Address } from 'viem'
import { functionsNamed } from './functionsNamed.js'
import type { CallPolicy, ConstraintCondition, Limit, PolicyLimits } from './preferences.js'

/** Names of the functions of an ABI; any string when its type is not known. */
type FunctionName<abi extends Abi> = Abi extends abi
  ? string
  : ExtractAbiFunctionNames<abi, 'nonpayable' | 'payable'>

type Inputs<abi extends Abi, name extends string> = Abi extends abi
  ? readonly AbiParameter[]
  : ExtractAbiFunction<abi, name>['inputs']

/** Types whose contents stand elsewhere in the calldata: no constraint can reach them. */
type Dynamic = 'string' | 'bytes' | `${string}[]`

/** A constraint on one of `inputs`: its `index` tells the type of its `value`. */
export type ConstraintOf<inputs extends readonly AbiParameter[]> = number extends inputs['length']
  ? ConstraintAt<number, unknown>
  : {
      [key in keyof inputs]: key extends `${infer index extends number}`
        ? inputs[key] extends { readonly type: Dynamic }
          ? never
          : ConstraintAt<
              index,
              AbiParametersToPrimitiveTypes<inputs, 'inputs'>[key &
                keyof AbiParametersToPrimitiveTypes<inputs, 'inputs'>]
            >
        : never
    }[number]

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
