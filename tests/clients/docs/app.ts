import { connect, createConfig, http, sendTransaction } from '@wagmi/core'
import { ssoConnector } from 'latchkey/connector'
import { parseEther } from 'viem'
import { foundry } from 'viem/chains'

const artist = '0x00000000000000000000000000000000000a4715'
const tips = { to: artist, maxValuePerUse: parseEther('0.01'), valueLimit: parseEther('0.1') } as const
const latchkey = ssoConnector({ session: { expiresAt: '1 day', transfers: [tips] } })

const config = createConfig({
  chains: [foundry],
  connectors: [latchkey],
  transports: { [foundry.id]: http() },
})

function button(name: string, act: () => Promise<string>) {
  const element = document.body.appendChild(document.createElement('button'))
  const said = document.body.appendChild(document.createElement('output'))
  element.textContent = name
  element.onclick = async () => {
    said.textContent = await act().catch((error: Error) => error.message)
  }
}

button('Connect', async () => {
  const { accounts } = await connect(config, { connector: config.connectors[0]! })
  return `Connected: ${accounts[0]}`
})
button('Tip', async () => {
  const hash = await sendTransaction(config, { to: artist, value: parseEther('0.002') })
  return `Tipped: ${hash}`
})
