import type { Abi } from 'viem'

/**
 * The part of an ABI that a policy needs: the functions of one name, all overloads.
 *
 * @param functionName - A name, or a signature such as "mint(uint256)".
 * @throws {TypeError} There is none.
 */
export function functionsNamed(abi: Abi, functionName: string): Abi {
  const [name = ''] = functionName.split('(')
  const found = abi.filter((item) => item.type === 'function' && item.name === name.trim())
  if (found.length === 0) throw new TypeError(`The ABI has no function named "${functionName}".`)
  return found
}
