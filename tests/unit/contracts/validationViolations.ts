import { keccak256, slice, type Address, type Hex } from 'viem'
import type { Step } from './validationTracer'

/** Who takes part in an operation. Lower-case addresses. */
export type Parties = { readonly entryPoint: Address; readonly account: Address; readonly factory: Address }

const banned = new Set(
  (
    'ORIGIN GASPRICE BLOCKHASH COINBASE TIMESTAMP NUMBER DIFFICULTY PREVRANDAO GASLIMIT BASEFEE BLOBHASH BLOBBASEFEE ' +
    'BALANCE SELFBALANCE CREATE SELFDESTRUCT INVALID CALLCODE'
  ).split(' '),
)
const calls = new Set(['CALL', 'DELEGATECALL', 'STATICCALL'])
const storage = new Set(['SLOAD', 'SSTORE', 'TLOAD', 'TSTORE'])
const innerHandleOp = '0x0042dc53'
const depositTo = '0xb760faf9'
/** Slots behind an associated one that count as associated too. */
const associatedReach = 128n

/**
 * Checks the validation of one `handleOps` against ERC-7562, for an unstaked account, factory and validator. EntryPoint's own steps
 * are exempt, as are those after the validation.
 *
 * @param steps - From `validationTracer`.
 * @param hasCode - Whether an address has code.
 * @returns Each violation with the rule's number; empty if there is none.
 * @see https://eips.ethereum.org/EIPS/eip-7562
 */
export function validationViolations(
  steps: readonly Step[],
  parties: Parties,
  hasCode: (address: Address) => boolean,
): string[] {
  const end = steps.findIndex(({ d, o, x }) => d === 1 && o === 'CALL' && x[2] === innerHandleOp)
  if (end < 0) throw new Error('The trace has no execution: the validation failed.')
  const validation = steps.slice(0, end)
  const deploys = validation.some(({ o, a }) => o === 'CREATE2' && a === parties.factory)
  const associated = associatedSlots(validation, parties.account)
  const found: string[] = []
  let creations = 0
  for (const [at, step] of validation.entries()) {
    if (step.d === 1 || step.a === parties.entryPoint) continue
    const report = (rule: string, what: string) => found.push(`${rule}: ${what} in ${step.a}`)
    if (banned.has(step.o) || /unknown|not defined/i.test(step.o)) report('OP-011', step.o)
    if (step.o === 'GAS' && !calls.has(validation[at + 1]?.o ?? '')) report('OP-012', 'GAS without a call')
    if (step.o === 'CREATE2' && (step.a !== parties.factory || ++creations > 1)) report('OP-031', 'CREATE2')
    if (step.o.startsWith('EXTCODE')) checkCode(step.x[0], report)
    if (calls.has(step.o)) checkCall(step, report)
    if (storage.has(step.o)) checkStorage(step, report)
  }
  return found

  function checkCode(address: Hex | undefined, report: (rule: string, what: string) => void) {
    if (address !== undefined && !hasCode(address) && address !== parties.account)
      report('OP-041', `code of ${address}`)
  }

  function checkCall({ x: [to, value, selector], a }: Step, report: (rule: string, what: string) => void) {
    if (to === undefined) return
    const toEntryPoint = to === parties.entryPoint
    const pays = BigInt(value ?? 0) > 0n
    if (toEntryPoint && selector !== '0x' && selector !== depositTo)
      report('OP-054', `EntryPoint's ${selector}`)
    if (pays && !(toEntryPoint && a === parties.account)) report('OP-061', `value to ${to}`)
    if (!isPrecompile(to)) checkCode(to, report)
  }

  function checkStorage({ o, a, x: [slot] }: Step, report: (rule: string, what: string) => void) {
    if (a === parties.account) return // STO-010
    const isAssociated = associated.some((start) => {
      const distance = BigInt(slot ?? 0) - start
      return distance >= 0n && distance <= associatedReach
    })
    if (!isAssociated) report('STO-021', `${o} of ${slot}`)
    else if (deploys) report('STO-022', `${o} of ${slot} with an unstaked factory`)
  }
}

/** The account's address itself, and keccak256(account ‖ x) for every x that was hashed. */
function associatedSlots(steps: readonly Step[], account: Address): bigint[] {
  const word = `0x${account.slice(2).padStart(64, '0')}`
  const preimages = steps.filter(
    ({ o, x }) => (o === 'KECCAK256' || o === 'SHA3') && (x[0]?.length ?? 0) > 66,
  )
  const hashes = preimages.flatMap(({ x: [preimage = '0x'] }) =>
    slice(preimage, 0, 32) === word ? [BigInt(keccak256(preimage))] : [],
  )
  return [BigInt(account), ...hashes]
}

/** The precompiles of every chain (OP-062), and P256VERIFY of RIP-7212. */
function isPrecompile(address: Address): boolean {
  const number = BigInt(address)
  return (number > 0n && number <= 9n) || number === 0x100n
}
