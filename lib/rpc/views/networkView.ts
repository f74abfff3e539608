import type { Network } from '@/lib/chains/network'
import type { NetworkView } from '@/lib/messaging/views'

/** A network as popup pages show it. */
export function networkView({ deployment, ...network }: Network): NetworkView {
  return { ...network, kind: deployment.kind }
}
