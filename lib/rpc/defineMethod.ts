import type { BaseIssue, BaseSchema, InferOutput } from 'valibot'
import type { Connection } from '@/lib/connection/connections'
import type { Caller } from '@/lib/rpc/caller'
import type { RpcContext } from '@/lib/rpc/context'

type Schema = BaseSchema<unknown, unknown, BaseIssue<unknown>>

/** Extra facts for a handler. `connection` is there for `access: 'connected'` always, else when the origin is connected. */
type Facts<access extends Access> = {
  readonly caller: Caller
  readonly connection: access extends 'connected' ? Connection : Connection | undefined
}

/** `public`: any page. `connected`: answered with 4100 unless the user connected the origin. */
export type Access = 'public' | 'connected'

/** A JSON-RPC method: schema and handler together, named by the wire name. */
export type Method<schema extends Schema = Schema, access extends Access = Access> = {
  readonly name: string
  /** Where it is specified, for `docs/provider.md`: `EIP-1193`. */
  readonly standard: string
  readonly access: access
  /** It asks the user or signs: the request outlives the worker. */
  readonly durable?: boolean
  readonly params: schema
  /** Safe to run again for the same `caller.requestId`: a worker that was restarted does just that. */
  handle(context: RpcContext, params: InferOutput<schema>, facts: Facts<access>): Promise<unknown>
}

/** A method as the router sees it. */
export type AnyMethod = {
  readonly name: string
  readonly standard: string
  readonly access: Access
  readonly durable: boolean
  readonly params: Schema
  run(
    context: RpcContext,
    params: unknown,
    caller: Caller,
    connection: Connection | undefined,
  ): Promise<unknown>
}

/** Declares a method; the params' type follows from the schema. The router checks access and schema before `handle` runs. */
export function defineMethod<schema extends Schema, const access extends Access>(
  method: Method<schema, access>,
): AnyMethod {
  return {
    name: method.name,
    standard: method.standard,
    access: method.access,
    durable: method.durable ?? false,
    params: method.params,
    run: (context, params, caller, connection) =>
      // The router parsed `params` by `method.params` and refused a missing connection where one is needed.
      method.handle(context, params as InferOutput<schema>, { caller, connection } as Facts<access>),
  }
}
