import type { Address } from 'viem'
import { knownFunction } from '@/lib/policy/knownFunctions'
import type { CallPolicy, SessionSpec } from '@/lib/policy/spec'

/** An address with the part that it plays. */
export type NamedAddress = { readonly role: string; readonly address: Address }

/** Every address that a session's sentences shorten, so that the owner can compare them in full. Each once. */
export function addressesOfSpec(spec: SessionSpec): NamedAddress[] {
  const all = [
    ...spec.transferPolicies.map(({ target }) => ({ role: 'Paid', address: target })),
    ...spec.callPolicies.flatMap((policy) => [
      { role: 'Contract', address: policy.target },
      ...counterparty(policy),
    ]),
    ...(spec.paymaster.mode === 'Listed' ? [{ role: 'Sponsor', address: spec.paymaster.paymaster }] : []),
    { role: 'Session key', address: spec.signer },
  ]
  return all.filter(
    ({ address }, index) =>
      all.findIndex((other) => other.address.toLowerCase() === address.toLowerCase()) === index,
  )
}

function counterparty({ selector, constraints }: CallPolicy): NamedAddress[] {
  const known = knownFunction(selector)
  const word =
    known?.kind === 'spend'
      ? known.recipient
      : known?.kind === 'approve' || known?.kind === 'approveAll'
        ? known.spender
        : undefined
  return constraints
    .filter(({ index, condition }) => index === word && condition === 'Equal')
    .map(({ refValue }) => ({
      role: known?.kind === 'spend' ? 'Recipient' : 'Spender',
      address: `0x${refValue.slice(-40)}` as const,
    }))
}
