import type { Hex } from 'viem'
import {
  everything,
  type Descriptor,
  type DescriptorWarning,
  type Field,
} from '@/lib/describe/calls/descriptor'

const to: Field = { path: 'to', label: 'Recipient', format: 'addressName' }
const spender: Field = { path: 'spender', label: 'Spender', format: 'addressName' }
const amount: Field = { path: 'amount', label: 'Amount', format: 'tokenAmount', token: '@.to' }
const allowance: Field = { path: 'amount', label: 'Amount', format: 'allowance', token: '@.to' }
const token: Field = { path: '@.to', label: 'Token', format: 'addressName' }

const unlimited: DescriptorWarning = {
  severity: 'danger',
  text: 'Unlimited: {spender} can take {amount}, now and later, until you remove the approval.',
  when: { path: 'amount', atLeast: everything },
}
/** ERC-721 has functions of the same selectors, with a number in the place of the amount. */
const maybeItem = (intent: string): DescriptorWarning => ({
  severity: 'caution',
  text: `The wallet does not know this contract as a token. If it is a collection, this ${intent} one item, whose number is the amount.`,
  when: { path: '@.to', noToken: true },
})
const foreignOwner: DescriptorWarning = {
  severity: 'caution',
  text: 'It moves tokens of {from}, not of your account.',
  when: { path: 'from', other: true },
}

const transferAndCall: Omit<Descriptor, 'signature'> = {
  intents: [{ text: 'Send {amount} to {to}' }],
  fields: [amount, to, token],
}
const approveAndCall: Omit<Descriptor, 'signature'> = {
  intents: [{ text: 'Let {spender} take {amount}' }],
  fields: [allowance, spender, token],
  warnings: [unlimited],
}

/** ERC-20 with its usual extensions, ERC-2612, ERC-1363, by selector. */
export const tokenDescriptors: Readonly<Record<Hex, Descriptor>> = {
  '0xa9059cbb': {
    signature: 'transfer(address to, uint256 amount)',
    intents: [{ text: 'Send {amount} to {to}' }],
    fields: [amount, to, token],
  },
  '0x23b872dd': {
    signature: 'transferFrom(address from, address to, uint256 amount)',
    intents: [{ text: 'Send {amount} from {from} to {to}' }],
    fields: [{ path: 'from', label: 'Owner', format: 'addressName' }, amount, to, token],
    warnings: [foreignOwner, maybeItem('gives away')],
  },
  '0x095ea7b3': {
    signature: 'approve(address spender, uint256 amount)',
    intents: [
      { text: 'Let {spender} take {amount}' },
      { text: 'Stop {spender} from taking tokens of {@.to}', when: { path: 'amount', is: 0n } },
    ],
    fields: [allowance, spender, token],
    warnings: [unlimited, maybeItem('lets the spender take')],
  },
  '0x39509351': {
    signature: 'increaseAllowance(address spender, uint256 amount)',
    intents: [{ text: 'Let {spender} take more: {amount}' }],
    fields: [allowance, spender, token],
    warnings: [unlimited],
  },
  '0xa457c2d7': {
    signature: 'decreaseAllowance(address spender, uint256 amount)',
    intents: [{ text: 'Let {spender} take less, by {amount}' }],
    fields: [amount, spender, token],
  },
  '0x42966c68': {
    signature: 'burn(uint256 amount)',
    intents: [{ text: 'Burn {amount}' }],
    fields: [amount, token],
  },
  '0x1296ee62': { signature: 'transferAndCall(address to, uint256 amount)', ...transferAndCall },
  '0x4000aea0': { signature: 'transferAndCall(address to, uint256 amount, bytes data)', ...transferAndCall },
  '0x3177029f': { signature: 'approveAndCall(address spender, uint256 amount)', ...approveAndCall },
  '0xcae9ca51': {
    signature: 'approveAndCall(address spender, uint256 amount, bytes data)',
    ...approveAndCall,
  },
  '0xd505accf': {
    signature:
      'permit(address owner, address spender, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s)',
    intents: [{ text: 'Let {spender} take {amount} of {owner}, by a signature' }],
    fields: [
      allowance,
      spender,
      { path: 'owner', label: 'Owner', format: 'addressName' },
      { path: 'deadline', label: 'Signature usable until', format: 'date' },
      token,
    ],
  },
  '0x8fcbaf0c': {
    signature:
      'permit(address owner, address spender, uint256 nonce, uint256 expiry, bool allowed, uint8 v, bytes32 r, bytes32 s)',
    intents: [
      { text: 'Let {spender} take all tokens of {owner}, by a signature' },
      {
        text: 'Stop {spender} from taking tokens of {owner}, by a signature',
        when: { path: 'allowed', is: false },
      },
    ],
    fields: [spender, { path: 'owner', label: 'Owner', format: 'addressName' }, token],
  },
}
