import { parseAbi } from 'viem'

/** What this page reads of the session module: the spec that a session was created with, and what is left of it. */
export const sessionModuleAbi = parseAbi([
  'struct LimitState { uint256 left; uint48 periodEnd; }',
  'struct PolicyState { uint256 usesLeft; uint48 usesPeriodEnd; uint256 valueLeft; uint48 valuePeriodEnd; LimitState[] constraints; }',
  'struct SessionState { uint8 status; uint256 feeLeft; uint48 feePeriodEnd; PolicyState[] policies; }',
  'function sessionState(address account, bytes spec) view returns (SessionState)',
  'event SessionCreated(address indexed account, bytes32 indexed id, bytes spec)',
])
