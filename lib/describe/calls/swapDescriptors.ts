import type { Hex } from 'viem'
import {
  everything,
  type Descriptor,
  type DescriptorWarning,
  type Field,
} from '@/lib/describe/calls/descriptor'

const router: Field = { path: '@.to', label: 'Contract', format: 'addressName' }
const sent: Field = { path: '@.value', label: 'Amount', format: 'amount' }
const deadline: Field = { path: 'deadline', label: 'Usable until', format: 'date' }
const recipient = (path: string): Field => ({ path, label: 'Recipient', format: 'addressName' })
const tokens = (path: string, token: string): Field => ({
  path,
  label: 'Amount',
  format: 'tokenAmount',
  token,
})
const elsewhere = (path: string): DescriptorWarning => ({
  severity: 'caution',
  text: `What comes back goes to {${path}}, not to your account.`,
  when: { path, other: true },
})

const first = 'path.[0]'
const last = 'path.[-1]'
const route = 'address[] path, address to, uint256 deadline'
const tail = [recipient('to'), deadline, router]

/** A swap of the second version’s router. */
const swap = (signature: string, text: string, fields: readonly Field[]): Descriptor => ({
  signature,
  intents: [{ text }],
  fields: [...fields, ...tail],
  warnings: [elsewhere('to')],
})

const exactTokens = (name: string) =>
  swap(`${name}(uint256 amountIn, uint256 least, ${route})`, 'Swap {amountIn} for at least {least}', [
    tokens('amountIn', first),
    tokens('least', last),
  ])
const exactEther = (name: string) =>
  swap(`${name}(uint256 least, ${route})`, 'Swap {@.value} for at least {least}', [
    sent,
    tokens('least', last),
  ])
const tokensForEther = (name: string) =>
  swap(`${name}(uint256 amountIn, uint256 least, ${route})`, 'Swap {amountIn} for at least {least}', [
    tokens('amountIn', first),
    { path: 'least', label: 'Least', format: 'amount' },
  ])

const single = (members: string): Descriptor => ({
  signature: `exactInputSingle((${members}) params)`,
  intents: [{ text: 'Swap {params.amountIn} for at least {params.least}' }],
  fields: [
    tokens('params.amountIn', 'params.tokenIn'),
    tokens('params.least', 'params.tokenOut'),
    recipient('params.recipient'),
    ...(members.includes('deadline') ? [{ ...deadline, path: 'params.deadline' }] : []),
    router,
  ],
  warnings: [elsewhere('params.recipient')],
})
const pool = 'address tokenIn, address tokenOut, uint24 fee, address recipient'
const bounds = 'uint256 amountIn, uint256 least, uint160 sqrtPriceLimitX96'

/** Uniswap’s routers of the second and the third version, and Permit2, by selector. */
export const swapDescriptors: Readonly<Record<Hex, Descriptor>> = {
  '0x38ed1739': exactTokens('swapExactTokensForTokens'),
  '0x5c11d795': exactTokens('swapExactTokensForTokensSupportingFeeOnTransferTokens'),
  '0x7ff36ab5': exactEther('swapExactETHForTokens'),
  '0xb6f9de95': exactEther('swapExactETHForTokensSupportingFeeOnTransferTokens'),
  '0x18cbafe5': tokensForEther('swapExactTokensForETH'),
  '0x791ac947': tokensForEther('swapExactTokensForETHSupportingFeeOnTransferTokens'),
  '0x414bf389': single(`${pool}, uint256 deadline, ${bounds}`),
  '0x04e45aaf': single(`${pool}, ${bounds}`),
  '0x87517c45': {
    signature: 'approve(address token, address spender, uint160 amount, uint48 expiration)',
    intents: [
      { text: 'Let {spender} take {amount} through Permit2' },
      {
        text: 'Stop {spender} from taking tokens of {token} through Permit2',
        when: { path: 'amount', is: 0n },
      },
    ],
    fields: [
      { path: 'amount', label: 'Amount', format: 'allowance', token: 'token' },
      { path: 'spender', label: 'Spender', format: 'addressName' },
      { path: 'token', label: 'Token', format: 'addressName' },
      { path: 'expiration', label: 'Until', format: 'date' },
      router,
    ],
    warnings: [
      {
        severity: 'danger',
        text: 'Unlimited: {spender} can take {amount} until {expiration}.',
        when: { path: 'amount', atLeast: everything },
      },
    ],
  },
}
