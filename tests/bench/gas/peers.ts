import type { Cost } from './measure'
import type { WorkId } from './works'

/** Whose figures stand beside ours. `zksyncSso` is ZKsync's public SSO contracts; `ithaca` is EIP-7702 without EntryPoint, relayer unpaid. */
export const peerNames = ['zksyncSso', 'smartSessions', 'coinbase', 'metamask', 'ithaca'] as const
export type PeerName = (typeof peerNames)[number]

const cost = (gasUsed: number, calldataBytes?: number): Partial<Cost> & Pick<Cost, 'gasUsed'> =>
  calldataBytes === undefined ? { gasUsed } : { gasUsed, calldataBytes }

/** Measured under the same conditions on anvil with P256VERIFY at 6,900 gas; what is missing was not measured. */
export const peers: Partial<Record<WorkId, Partial<Record<PeerName, ReturnType<typeof cost>>>>> = {
  create: {
    zksyncSso: cost(465_420, 708),
    smartSessions: cost(686_920),
    metamask: cost(247_839, 1_316),
    ithaca: cost(166_517, 804),
  },
  createInFirstOp: {
    zksyncSso: cost(554_285, 1_988),
    smartSessions: cost(554_285),
    coinbase: cost(326_405, 1_764),
  },
  passkeyErc20: {
    zksyncSso: cost(160_641, 1_348),
    smartSessions: cost(160_641),
    coinbase: cost(116_862, 1_508),
    metamask: cost(139_960, 1_348),
    ithaca: cost(75_017, 1_092),
  },
  passkeyNative: {
    zksyncSso: cost(154_199, 1_284),
    smartSessions: cost(154_175),
    coinbase: cost(110_082, 1_412),
    metamask: cost(133_574, 1_284),
    ithaca: cost(68_504, 996),
  },
  createSession: {
    zksyncSso: cost(250_069, 2_436),
    smartSessions: cost(812_325, 5_604),
    ithaca: cost(254_433, 1_892),
  },
  sessionErc20First: {
    zksyncSso: cost(202_021, 2_180),
    smartSessions: cost(224_173, 932),
    metamask: cost(227_235, 2_116),
    ithaca: cost(115_427, 644),
  },
  sessionErc20Later: {
    zksyncSso: cost(150_733, 2_180),
    smartSessions: cost(189_997, 932),
    metamask: cost(210_135, 2_116),
    ithaca: cost(98_907, 644),
  },
  sessionNativeLater: {
    zksyncSso: cost(129_911, 1_540),
    smartSessions: cost(166_190, 868),
    metamask: cost(244_933, 2_404),
    ithaca: cost(87_823, 548),
  },
  revoke: {
    zksyncSso: cost(160_368, 1_316),
    smartSessions: cost(269_624),
    metamask: cost(180_563),
    ithaca: cost(93_936, 1_060),
  },
}
