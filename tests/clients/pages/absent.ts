/** Stands for the SDK of another wallet, which no page loads; with what kits import of them by name. */
export default {}
export const GeminiWalletProvider = undefined
export const RpcSchema = undefined
export const z = undefined
