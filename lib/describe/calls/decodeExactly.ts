import { decodeFunctionData, encodeFunctionData, type AbiFunction, type Hex } from 'viem'

/**
 * Arguments of a call, when its data says them and nothing else: what does not encode to the same bytes again (bytes behind the
 * arguments, dirty words, moved offsets) may be read otherwise by the contract.
 *
 * @returns `null` when the data is not exactly that of the function.
 */
export function decodeExactly(item: AbiFunction, data: Hex): readonly unknown[] | null {
  try {
    const { args = [] } = decodeFunctionData({ abi: [item], data })
    const again = encodeFunctionData({ abi: [item], args })
    return again === data.toLowerCase() ? args : null
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}
