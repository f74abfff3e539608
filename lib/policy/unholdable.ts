import type { Hex } from 'viem'

/**
 * Functions that give away a right which outlives the call, beside those of `knownFunctions`: permits, delegations, operators,
 * owners, new code. By selector, with their names.
 */
export const lastingFunctions: Readonly<Record<Hex, string>> = {
  '0xd505accf': 'permit',
  '0x8fcbaf0c': 'permit',
  '0x2b67b570': 'permit',
  '0x2a2d80d1': 'permit',
  '0x87517c45': 'approve',
  '0x5c19a95c': 'delegate',
  '0xc3cda520': 'delegateBySig',
  '0xc04a8a10': 'approveDelegation',
  '0x558a7297': 'setOperator',
  '0x959b8c3f': 'authorizeOperator',
  '0xf2fde38b': 'transferOwnership',
  '0x715018a6': 'renounceOwnership',
  '0x13af4035': 'setOwner',
  '0x2f2ff15d': 'grantRole',
  '0x3659cfe6': 'upgradeTo',
  '0x4f1ef286': 'upgradeToAndCall',
}

/** Begins of names that say the same. A name is the site's word, but its selector was computed from it. */
const lastingNames =
  /^(?:approve|permit|increaseallowance|(?:un)?delegate|grant|authori[sz]e|set(?:approval|operator|delegate|owner|manager|admin|role|allowance|implementation)|(?:transfer|accept|renounce)ownership|add(?:owner|operator|delegate|signer|manager|minter)|upgrade)/i
/** Begins of names of functions that carry instructions. */
const openNames =
  /^(?:multicall|multisend|execute|exec$|exectransaction|batch|aggregate|tryaggregate|call$|proxy|forward)/i

/**
 * What a function does that no limit of a session holds, judged by selector and name: it gives away a right (`lasting`), or
 * carries instructions (`open`). `null` for others.
 */
export function unholdable(selector: Hex, name: string | undefined): 'lasting' | 'open' | null {
  if (lastingFunctions[selector.toLowerCase() as Hex] !== undefined) return 'lasting'
  if (name === undefined) return null
  if (lastingNames.test(name)) return 'lasting'
  return openNames.test(name) ? 'open' : null
}
