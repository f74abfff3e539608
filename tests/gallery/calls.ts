import { encodeFunctionData, erc20Abi, maxUint256, parseAbi, parseEther } from 'viem'
import type { ApprovalPhase, ApprovalView, TransactionRequest } from '@/lib/messaging/views'
import type { Call } from '@/lib/policy/call'
import { friend, now, orchard, owner, plantCall, shop, token, transferCall } from '@/tests/gallery/snapshot'

type CallScene = {
  readonly name: string
  readonly request: TransactionRequest
  readonly state?: ApprovalPhase
  readonly change?: Partial<ApprovalView>
}

const abi = parseAbi([
  'function multicall(bytes[] data) payable',
  'function swapExactETHForTokens(uint256 least, address[] path, address to, uint256 deadline) payable',
  'function addPasskey(bytes32 x, bytes32 y, bytes credentialId, string origin)',
])
const approveAll = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [shop, maxUint256] })
const swap = encodeFunctionData({
  abi,
  functionName: 'swapExactETHForTokens',
  args: [parseEther('810'), [friend, token], owner, BigInt(now + 1200)],
})
const nested = encodeFunctionData({
  abi,
  functionName: 'multicall',
  args: [
    [swap, encodeFunctionData({ abi, functionName: 'multicall', args: [[plantCall(3n).data, approveAll]] })],
  ],
})
const word = `0x${'1f'.repeat(32)}` as const
const addPasskey = encodeFunctionData({
  abi,
  functionName: 'addPasskey',
  args: [word, word, '0x9f3ac2d1', 'https://a-very-long-name-of-some-site.example'],
})

const scene = (name: string, ...calls: Call[]): CallScene => ({
  name,
  request: { kind: 'transaction', calls, refusal: null, sessionId: null },
})
const unknown = { to: friend, value: 0n, data: `0xdeadbeef${'00'.repeat(96)}` } as const

/** Transactions, by what can be told of them. */
export const calls: readonly CallScene[] = [
  scene('call-known', transferCall(shop, parseEther('1.5'))),
  scene('call-unknown', unknown, { ...transferCall(shop, 1n), data: `${transferCall(shop, 1n).data}c0ffee` }),
  scene('call-nested', { to: orchard, value: parseEther('0.25'), data: nested }),
  scene('call-unlimited', { to: token, value: 0n, data: approveAll }),
  scene('call-account', { to: owner, value: 0n, data: addPasskey }),
  {
    ...scene('call-reverts', plantCall(40n)),
    state: {
      phase: 'error',
      canRetry: true,
      message: 'The transaction would fail: NoSuchPlot(40). Nothing was signed.',
    },
  },
  scene('call-blind', plantCall(4n)),
  scene('call-many', plantCall(4n)),
  scene('call-loading', plantCall(4n)),
]
