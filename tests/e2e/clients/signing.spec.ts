import { hashMessage, hashTypedData, type Address, type Hex } from 'viem'
import { answerApproval } from '../../../demo/browser/answerApproval.mjs'
import type { TypedData } from '../../clients/pages/Client'
import { chainOf } from '../chain'
import { expect, openClient, test } from './clientFixtures'

const message = 'Orchard wants you to sign in.'

function typedData(chainId: number, verifyingContract: Address): TypedData {
  return {
    domain: { name: 'Orchard', version: '1', chainId, verifyingContract },
    types: {
      EIP712Domain: [
        { name: 'name', type: 'string' },
        { name: 'version', type: 'string' },
        { name: 'chainId', type: 'uint256' },
        { name: 'verifyingContract', type: 'address' },
      ],
      Order: [
        { name: 'buyer', type: 'address' },
        { name: 'fruit', type: 'string' },
        { name: 'amount', type: 'uint256' },
      ],
    },
    primaryType: 'Order',
    message: { buyer: verifyingContract, fruit: 'apple', amount: '3' },
  }
}

for (const client of ['wagmi3', 'wagmi2', 'viem', 'ethers', 'web3']) {
  test(`behavior: ${client} has a message and typed data signed, and the chain's contracts hold them to be the account's`, async ({
    account,
    clients,
    sharedWallet: wallet,
    stack,
  }) => {
    const page = await openClient(wallet, clients, client)
    const connecting = page.evaluate(() => window.client.connect())
    await answerApproval(await wallet.approval(), { heading: 'Connect', button: 'Connect' })
    await connecting
    const { client: chain } = chainOf(stack.record)
    const isValid = (hash: Hex, signature: string) =>
      chain.verifyHash({ address: account as Address, hash, signature: signature as Hex })

    const signing = page.evaluate((text) => window.client.signMessage(text), message)
    const approval = await wallet.approval()
    await expect(approval.locator('body')).toContainText(message)
    await answerApproval(approval, { heading: 'Sign message', button: 'Approve' })
    const signature = await signing
    expect(await isValid(hashMessage(message), signature)).toBe(true)
    expect(await isValid(hashMessage(`${message}!`), signature)).toBe(false)

    const data = typedData(stack.record.chainId, stack.record.demo.orchard)
    const signingData = page.evaluate((order) => window.client.signTypedData(order), data)
    await answerApproval(await wallet.approval(), { heading: 'Sign message', button: 'Approve' })
    const dataSignature = await signingData
    const hash = hashTypedData(data as unknown as Parameters<typeof hashTypedData>[0])
    expect(await isValid(hash, dataSignature)).toBe(true)
    await page.evaluate(() => window.client.disconnect())
  })
}
