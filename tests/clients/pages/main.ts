import type { Client, CreateClient, PageNetwork } from './Client.js'
import { type Recorded, recordRequests } from './recordRequests.js'

declare global {
  interface Window {
    client: Client
    recorded: readonly Recorded[]
  }
}

// One build serves every page; the host's first label says which: http://ethers.localhost.
const modules = import.meta.glob<{ createClient: CreateClient }>('./clients/*.ts*')
const [name = ''] = location.hostname.split('.')
const load = modules[`./clients/${name}.ts`] ?? modules[`./clients/${name}.tsx`]
if (load === undefined) throw new Error(`There is no page for "${name}".`)

window.recorded = recordRequests()
const { networks } = (await (await fetch('/stack.json')).json()) as { networks: PageNetwork[] }
const { createClient } = await load()
window.client = await createClient(networks)
document.title = name
document.body.dataset['ready'] = name
