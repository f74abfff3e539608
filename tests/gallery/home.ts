import { parseEther } from 'viem'
import type { Scene } from '@/tests/gallery/scenes'
import { unlimited } from '@/lib/policy/spec'
import { busy, exposureOf, friend, id, session, spec } from '@/tests/gallery/snapshot'

const wide = {
  ...session,
  id: id('b'),
  usage: {},
  spec: {
    ...spec,
    expiresAt: spec.expiresAt + 9 * 86_400,
    callPolicies: [
      ...spec.callPolicies.map((policy) => ({ ...policy, constraints: [] })),
      {
        target: friend,
        selector: '0xac9650d8' as const,
        maxValuePerUse: 0n,
        valueLimit: unlimited,
        useLimit: unlimited,
        constraints: [],
      },
    ],
  },
}
const elsewhere = { ...session, id: id('c'), chainId: 8453 }
const rich = {
  ...session,
  id: id('d'),
  spec: { ...spec, feeLimit: { ...spec.feeLimit, limit: parseEther('3') }, transferPolicies: [] },
}

const home = (name: string, ...sessions: (typeof session)[]): Scene => ({
  name,
  hash: '#/',
  snapshot: { ...busy, sessions, exposure: exposureOf(...sessions) },
})

/** What sessions can take together, on the home page. */
export const homeScenes: readonly Scene[] = [
  home('home-exposed', session, wide, elsewhere),
  home('home-exposed-all', rich),
]
