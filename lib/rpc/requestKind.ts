/**
 * What a request of a page costs: `own` reads the wallet's state, `chain` is passed on to a node, `ask` may ask the owner or sign, and
 * stays open until it is answered, also when the worker is restarted.
 */
export type RequestKind = 'own' | 'chain' | 'ask'
