import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createPublicClient, http, isAddress, isHex, size } from 'viem'
import { fromWire, type Wire } from '@/lib/messaging/wire'
import { auditSession } from './auditSession'
import { compareJournal, type ExportedJournal } from './compareJournal'

/**
 * `npm run audit:session -- <account> <session> [--rpc-url URL] [--journal FILE]`: recomputes a session's usage from the chain alone,
 * and names any row of an exported journal that disagrees. Exits 1 when something does.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { 'rpc-url': { type: 'string', default: 'http://127.0.0.1:8545' }, journal: { type: 'string' } },
})
const [account, id] = positionals
if (account === undefined || !isAddress(account) || !isHex(id) || size(id) !== 32) {
  console.error('Usage: npm run audit:session -- <account> <session> [--rpc-url URL] [--journal FILE]')
  process.exit(2)
}

const client = createPublicClient({ transport: http(values['rpc-url']) })
const audit = await auditSession(client, account, id)
console.log(`${audit.operations.length} operations of session ${id}`)
for (const { userOpHash, transactionHash, success, charges } of audit.operations) {
  const taken = charges.map(({ cell, amount }) => `${cell} ${amount}`).join(', ')
  console.log(`  ${userOpHash}  ${success ? 'ok    ' : 'failed'}  ${transactionHash}  ${taken}`)
}
for (const { cell, used, left } of audit.remaining) console.log(`  ${cell}: ${used} used, ${left} left`)

const faults = [...audit.faults]
if (values.journal !== undefined) {
  const journal = fromWire<ExportedJournal>(JSON.parse(readFileSync(values.journal, 'utf8')) as Wire)
  faults.push(...compareJournal(audit, journal))
}
for (const fault of faults) console.log(`DISAGREES  ${fault}`)
console.log(faults.length === 0 ? 'Everything agrees.' : `${faults.length} disagree.`)
process.exitCode = faults.length === 0 ? 0 : 1
