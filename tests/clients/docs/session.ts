import { grantSession } from 'latchkey/actions'
import { callPolicy, type SessionPreferences } from 'latchkey/connector'
import { parseAbi, parseEther, type Address, type WalletClient } from 'viem'

const abi = parseAbi(['function transfer(address to, uint256 amount) returns (bool)'])

/** At most 2 tokens a payment, 10 a day, to one shop. */
export function shopping(token: Address, shop: Address): SessionPreferences {
  const pay = callPolicy({
    address: token,
    abi,
    functionName: 'transfer',
    constraints: [
      { index: 0, value: shop },
      {
        index: 1,
        condition: 'LessEqual',
        value: parseEther('2'),
        limit: { limit: parseEther('10'), period: '1 day' },
      },
    ],
  })
  return { expiresAt: '1 day', feeLimit: parseEther('0.01'), contractCalls: [pay] }
}

/** Asks the user. Answers at once, without a prompt, where a session with the same terms is open. */
export async function askForSession(wallet: WalletClient, token: Address, shop: Address) {
  const [session] = await grantSession(wallet, shopping(token, shop))
  return session
}
