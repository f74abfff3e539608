import type { Hex } from 'viem'
import type { Descriptor, DescriptorWarning, Field } from '@/lib/describe/calls/descriptor'

const contract: Field = { path: '@.to', label: 'Contract', format: 'addressName' }
const code: Field = { path: 'implementation', label: 'New code', format: 'addressName' }
const module: Field = { path: 'module', label: 'Module', format: 'addressName' }
const upgrade: DescriptorWarning = {
  severity: 'danger',
  text: 'It replaces the code of {@.to}: the new code can do anything that the contract can do.',
}

const newOwner: DescriptorWarning = {
  severity: 'danger',
  text: 'Whoever has that passkey can do everything that you can do with the account.',
}

/** Upgrades and changes of owners, of contracts in general and of accounts, by selector. */
export const ownerDescriptors: Readonly<Record<Hex, Descriptor>> = {
  '0x3659cfe6': {
    signature: 'upgradeTo(address implementation)',
    intents: [{ text: 'Replace the code of {@.to}' }],
    fields: [code, contract],
    warnings: [upgrade],
  },
  '0x4f1ef286': {
    signature: 'upgradeToAndCall(address implementation, bytes data)',
    intents: [{ text: 'Replace the code of {@.to}' }],
    fields: [code, contract],
    warnings: [upgrade],
  },
  '0xf2fde38b': {
    signature: 'transferOwnership(address owner)',
    intents: [{ text: 'Make {owner} the owner of {@.to}' }],
    fields: [{ path: 'owner', label: 'New owner', format: 'addressName' }, contract],
    warnings: [{ severity: 'danger', text: 'If you own {@.to}, you do no longer: {owner} does.' }],
  },
  '0x78ac86ba': {
    signature: 'addPasskey(bytes32 x, bytes32 y, bytes credentialId, string origin)',
    intents: [{ text: 'Make another passkey an owner of {@.to}' }],
    fields: [
      { path: 'x', label: 'Key', format: 'raw' },
      { path: 'origin', label: 'Of', format: 'raw' },
      contract,
    ],
    warnings: [newOwner],
  },
  '0x8f5bc2af': {
    signature: 'addValidationKey(bytes credentialId, bytes32[2] key, string origin)',
    intents: [{ text: 'Make another passkey an owner of your account' }],
    fields: [
      { path: 'key', label: 'Key', format: 'raw' },
      { path: 'origin', label: 'Of', format: 'raw' },
      contract,
    ],
    warnings: [newOwner],
  },
  '0xab18c40f': {
    signature: 'removePasskey(bytes32 key)',
    intents: [{ text: 'Take the ownership of {@.to} from a passkey' }],
    fields: [{ path: 'key', label: 'Key', format: 'raw' }, contract],
  },
  '0x9517e29f': {
    signature: 'installModule(uint256 moduleType, address module, bytes data)',
    intents: [{ text: 'Install a module in {@.to}' }],
    fields: [module, contract],
    warnings: [{ severity: 'danger', text: 'A module can act for the account without asking.' }],
  },
  '0xa71763a8': {
    signature: 'uninstallModule(uint256 moduleType, address module, bytes data)',
    intents: [{ text: 'Remove a module from {@.to}' }],
    fields: [module, contract],
  },
}
