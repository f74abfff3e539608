/**
 * Runs in a page of the extension: writes entries into its activity list, five minutes apart, the newest now; one of the oldest
 * has the word "oldest".
 *
 * @param {number} count
 */
export async function plantEntries(count) {
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('latchkey')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const now = Date.now()
  const hex = (number, bytes) => `0x${number.toString(16).padStart(bytes * 2, '0')}`
  const entry = (number) => ({
    id: `planted ${String(number).padStart(6, '0')}`,
    at: now - (count - number) * 300_000,
    origin: `https://site-${number % 40}.example`,
    account: hex(0xaa, 20),
    chainId: 31_337,
    signedBy: number % 3 === 0 ? 'passkey' : 'session',
    purpose: 'calls',
    calls: [
      number % 2 === 0
        ? { to: hex(0xb1 + (number % 9), 20), value: BigInt(number) * 10n ** 12n, data: '0x' }
        : {
            to: hex(0xc1, 20),
            value: 0n,
            data: `0xa9059cbb${hex(0xd1 + (number % 5), 32).slice(2)}${hex(number, 32).slice(2)}`,
          },
    ],
    status: number % 50 === 0 ? 'failed' : 'final',
    error: number === 10 ? 'The oldest failure' : undefined,
    userOpHash: hex(number, 32),
    transactionHash: hex(number + 1, 32),
    gasUsed: 101_162n,
  })
  for (let from = 0; from < count; from += 5000)
    await new Promise((resolve, reject) => {
      const transaction = database.transaction('activity', 'readwrite')
      const store = transaction.objectStore('activity')
      for (let number = from; number < Math.min(from + 5000, count); number++) store.put(entry(number))
      transaction.oncomplete = () => resolve(undefined)
      transaction.onerror = () => reject(transaction.error)
    })
  database.close()
}
