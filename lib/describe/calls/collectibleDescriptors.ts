import type { Hex } from 'viem'
import type { Descriptor, DescriptorWarning, Field } from '@/lib/describe/calls/descriptor'

const to: Field = { path: 'to', label: 'Recipient', format: 'addressName' }
const from: Field = { path: 'from', label: 'Owner', format: 'addressName' }
const id: Field = { path: 'id', label: 'Item', format: 'raw' }
const collection: Field = { path: '@.to', label: 'Collection', format: 'addressName' }
const foreignOwner: DescriptorWarning = {
  severity: 'caution',
  text: 'It moves items of {from}, not of your account.',
  when: { path: 'from', other: true },
}
const giveOne: Omit<Descriptor, 'signature'> = {
  intents: [{ text: 'Give no. {id} of {@.to} to {to}' }],
  fields: [from, to, id, collection],
  warnings: [foreignOwner],
}

/** ERC-721 and ERC-1155, by selector. What ERC-721 shares with ERC-20 is among the tokens. */
export const collectibleDescriptors: Readonly<Record<Hex, Descriptor>> = {
  '0x42842e0e': { signature: 'safeTransferFrom(address from, address to, uint256 id)', ...giveOne },
  '0xb88d4fde': {
    signature: 'safeTransferFrom(address from, address to, uint256 id, bytes data)',
    ...giveOne,
  },
  '0xf242432a': {
    signature: 'safeTransferFrom(address from, address to, uint256 id, uint256 count, bytes data)',
    intents: [{ text: 'Give {count} of no. {id} of {@.to} to {to}' }],
    fields: [from, to, id, { path: 'count', label: 'Count', format: 'raw' }, collection],
    warnings: [foreignOwner],
  },
  '0x2eb2c2d6': {
    signature: 'safeBatchTransferFrom(address from, address to, uint256[] ids, uint256[] counts, bytes data)',
    intents: [{ text: 'Give several items of {@.to} to {to}' }],
    fields: [
      from,
      to,
      { path: 'ids', label: 'Items', format: 'raw' },
      { path: 'counts', label: 'Counts', format: 'raw' },
      collection,
    ],
    warnings: [foreignOwner],
  },
  '0xa22cb465': {
    signature: 'setApprovalForAll(address operator, bool approved)',
    intents: [
      { text: 'Let {operator} take every item of {@.to}' },
      { text: 'Stop {operator} from taking items of {@.to}', when: { path: 'approved', is: false } },
    ],
    fields: [{ path: 'operator', label: 'Operator', format: 'addressName' }, collection],
    warnings: [
      {
        severity: 'danger',
        text: '{operator} can take everything that you own of this collection, now and later, until you remove the approval.',
        when: { path: 'approved', is: true },
      },
    ],
  },
}
