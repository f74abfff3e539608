import { createPublicClient, webSocket } from 'viem'

/**
 * Loaded into the bundler before its own code: its clock follows the chain's when that runs ahead. A demo or a test may skip the
 * chain to midnight; alto compares an operation's validity with `Date.now()` and would refuse it as "not valid yet".
 */
const systemNow = Date.now
const tolerated = 2_000
let ahead = 0

Date.now = () => systemNow() + ahead

const client = createPublicClient({
  transport: webSocket(process.env.LATCHKEY_CHAIN_URL.replace(/^http/, 'ws')),
})
client.watchBlocks({
  emitOnBegin: true,
  onBlock(block) {
    // viem hands over nothing when a reorganisation took the block away before it was read; an error here would end the bundler.
    if (block === undefined) return
    const difference = Number(block.timestamp) * 1_000 - systemNow()
    if (difference > tolerated && difference > ahead) ahead = difference
  },
  onError(error) {
    console.error(`The chain's clock cannot be read: ${error.message}`)
  },
})
