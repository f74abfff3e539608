import type { Address, Hex } from 'viem'
import { encodeFunctionData, padHex, parseAbi, stringToHex } from 'viem'
import type { Attempt, Scene } from './attempt'
import { attacker } from './attempt'

const abi = parseAbi([
  'function createSession(bytes spec)',
  'function addPasskey(bytes32 x, bytes32 y, bytes credentialId, string origin)',
  'function upgradeToAndCall(address implementation, bytes data)',
  'function installModule(uint256 moduleType, address module, bytes initData)',
  'function withdrawTo(address to, uint256 amount)',
  'function proposeGuardian(address guardian)',
])

/** Ways to take the account itself. */
export function accountAttempts(scene: Scene): readonly Attempt[] {
  const attempt = (what: string, to: Address, data: Hex): Attempt => ({
    aim: 'account',
    what,
    calls: [{ to, data }],
    allowed: false,
  })
  const word = padHex(attacker)
  return [
    attempt(
      'Create a session for the thief',
      scene.sessionModule,
      encodeFunctionData({ abi, functionName: 'createSession', args: [word] }),
    ),
    attempt(
      'Add the thief’s passkey',
      scene.account,
      encodeFunctionData({
        abi,
        functionName: 'addPasskey',
        args: [word, word, stringToHex('thief'), location.origin],
      }),
    ),
    attempt(
      'Replace the account’s code',
      scene.account,
      encodeFunctionData({ abi, functionName: 'upgradeToAndCall', args: [attacker, '0x'] }),
    ),
    attempt(
      'Install the thief’s module',
      scene.account,
      encodeFunctionData({ abi, functionName: 'installModule', args: [2n, attacker, '0x'] }),
    ),
    attempt(
      'Withdraw the deposit at the EntryPoint',
      scene.entryPoint,
      encodeFunctionData({ abi, functionName: 'withdrawTo', args: [attacker, 1n] }),
    ),
    attempt(
      'Name the thief a guardian',
      scene.guardianModule,
      encodeFunctionData({ abi, functionName: 'proposeGuardian', args: [attacker] }),
    ),
  ]
}
