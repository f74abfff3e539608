import type { Hex } from 'viem'
import type { Descriptor, DescriptorWarning, Field } from '@/lib/describe/calls/descriptor'

const receiver: Field = { path: 'receiver', label: 'Recipient', format: 'addressName' }
const owner: Field = { path: 'owner', label: 'Owner', format: 'addressName' }
const assets: Field = { path: 'assets', label: 'Amount', format: 'unit', unit: 'units of its asset' }
const shares: Field = { path: 'shares', label: 'Shares', format: 'tokenAmount', token: '@.to' }
const vault: Field = { path: '@.to', label: 'Contract', format: 'addressName' }
const elsewhere: DescriptorWarning = {
  severity: 'caution',
  text: 'What comes back goes to {receiver}, not to your account.',
  when: { path: 'receiver', other: true },
}

/** Wrapped ether and ERC-4626 vaults, by selector. A vault’s asset is counted in its smallest units: the vault alone knows it. */
export const vaultDescriptors: Readonly<Record<Hex, Descriptor>> = {
  '0xd0e30db0': {
    signature: 'deposit()',
    intents: [{ text: 'Deposit {@.value} into {@.to}' }],
    fields: [{ path: '@.value', label: 'Amount', format: 'amount' }, vault],
  },
  '0x2e1a7d4d': {
    signature: 'withdraw(uint256 amount)',
    intents: [{ text: 'Withdraw {amount} from {@.to}' }],
    fields: [{ path: 'amount', label: 'Amount', format: 'tokenAmount', token: '@.to' }, vault],
  },
  '0x6e553f65': {
    signature: 'deposit(uint256 assets, address receiver)',
    intents: [{ text: 'Deposit {assets} into {@.to}' }],
    fields: [assets, receiver, vault],
    warnings: [elsewhere],
  },
  '0x94bf804d': {
    signature: 'mint(uint256 shares, address receiver)',
    intents: [{ text: 'Deposit into {@.to} for {shares}' }],
    fields: [shares, receiver, vault],
    warnings: [elsewhere],
  },
  '0xb460af94': {
    signature: 'withdraw(uint256 assets, address receiver, address owner)',
    intents: [{ text: 'Withdraw {assets} from {@.to}' }],
    fields: [assets, receiver, owner, vault],
    warnings: [elsewhere],
  },
  '0xba087652': {
    signature: 'redeem(uint256 shares, address receiver, address owner)',
    intents: [{ text: 'Redeem {shares} at {@.to}' }],
    fields: [shares, receiver, owner, vault],
    warnings: [elsewhere],
  },
}
