/**
 * Runs in a page of the wallet: fills its database. Accounts are copies of the one that is there, each with a vault of its own; the
 * sessions are spread over them, sealed and active; the activity is of the first one.
 *
 * @param {{ accounts: number, sessions: number, activities: number }} wanted How many there are to be then.
 */
export async function plant({ accounts, sessions, activities }) {
  const opening = indexedDB.open('latchkey')
  const database = await new Promise((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const all = (store) =>
    new Promise((resolve) => {
      const reading = database.transaction(store).objectStore(store).getAll()
      reading.onsuccess = () => resolve(reading.result)
    })
  const write = async (store, rows) => {
    for (let from = 0; from < rows.length; from += 5000)
      await new Promise((resolve, reject) => {
        const transaction = database.transaction(store, 'readwrite')
        for (const row of rows.slice(from, from + 5000)) transaction.objectStore(store).put(row)
        transaction.oncomplete = () => resolve(undefined)
        transaction.onerror = () => reject(transaction.error)
      })
  }
  const hex = (number, bytes) => `0x${number.toString(16).padStart(2 * bytes, '0')}`
  const limit = (limitType, amount, period) => ({ limitType, limit: amount, period })
  const [first] = await all('accounts')
  const owners = Array.from({ length: accounts }, (_, index) => {
    if (index === 0) return first
    const address = hex(0xacc0 + index, 20)
    const passkeys = [{ ...first.passkeys[0], credentialId: hex(0xc4ed + index, 16) }]
    return {
      ...first,
      id: address,
      address,
      name: `Account ${index + 1}`,
      passkeys,
      createdAt: Date.now() + index,
    }
  })
  const vaults = owners.map(({ id, passkeys }) => ({
    id: `vault ${id}`,
    account: id,
    createdAt: 1,
    wraps: passkeys.map(({ credentialId }) => ({ credentialId, iv: hex(1, 12), ciphertext: hex(1, 48) })),
  }))
  const day = 86_400
  const policy = (index) => ({
    target: hex(0x70ce0 + index, 20),
    selector: '0xa9059cbb',
    maxValuePerUse: 0n,
    valueLimit: limit('Lifetime', 0n, 0),
    useLimit: limit('Unlimited', 0n, 0),
    constraints: [
      { condition: 'Equal', index: 0, refValue: hex(7, 32), limit: limit('Unlimited', 0n, 0) },
      {
        condition: 'LessOrEqual',
        index: 1,
        refValue: hex(9, 32),
        limit: limit('Allowance', 10n ** 20n, day),
      },
    ],
  })
  const now = Math.floor(Date.now() / 1000)
  const rows = Array.from({ length: sessions }, (_, index) => {
    const account = owners[index % owners.length].id
    return {
      id: hex(0x5e5510 + index, 32),
      origin: `https://site-${index % 50}.example`,
      metadata: {},
      account,
      chainId: 31_337,
      spec: {
        signer: hex(0x51610 + index, 20),
        expiresAt: now + 30 * day,
        feeLimit: limit('Lifetime', 10n ** 16n, 0),
        paymaster: { mode: 'None' },
        transferPolicies: [],
        callPolicies: [0, 1, 2].map(policy),
      },
      status: 'active',
      usage: { fee: { used: 1n, period: 0 } },
      createdAt: 1000 + index,
      operationId: null,
      ephemeral: false,
      sealedKey: { vaultId: `vault ${account}`, iv: hex(1, 12), ciphertext: hex(1, 48) },
      functions: {},
    }
  })
  const entries = Array.from({ length: activities }, (_, index) => ({
    id: `planted ${index}`,
    at: 1000 + index,
    origin: `https://site-${index % 50}.example`,
    account: first.id,
    chainId: 31_337,
    signedBy: 'session',
    sessionId: rows[0]?.id,
    purpose: 'calls',
    calls: [{ to: hex(0x70ce0, 20), value: 0n, data: `0xa9059cbb${'00'.repeat(64)}` }],
    status: 'final',
    transactionHash: hex(index, 32),
  }))
  await write('accounts', owners)
  await write('vaults', vaults)
  await write('sessions', rows)
  await write('activity', entries)
  database.close()
}
