export { callPolicy } from './callPolicy.js'
export type { CallPolicyParameters, ConstraintOf } from './callPolicy.js'
export type { ConnectorConfig, SsoConnector } from './connectorTypes.js'
export type {
  CallPolicy,
  Constraint,
  ConstraintCondition,
  Duration,
  LegacyCallPolicy,
  LegacyTransferPolicy,
  Limit,
  SessionPreferences,
  TransferPolicy,
} from './preferences.js'
export type { Paymaster } from './requestConnection.js'
export type { SiteMetadata } from './siteMetadata.js'
export {
  NotConnectedError,
  ssoConnector,
  ssoConnector as zksyncAccountConnector,
  ssoConnector as zksyncSsoConnector,
} from './ssoConnector.js'
export type { SsoConnectorParameters } from './ssoConnector.js'
export { WalletNotInstalledError } from './WalletNotInstalledError.js'
export { UserRejectedRequestError } from './walletRequest.js'
