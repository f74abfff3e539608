const { apply } = Reflect
const NativeMap = Map
const { get, set, delete: remove, forEach } = Map.prototype
const descriptor = Object.getOwnPropertyDescriptor

function method<self, args extends unknown[], result>(fn: (this: self, ...args: args) => result) {
  return (self: self, ...args: args): result => apply(fn, self, args)
}

function getter<self, value>(prototype: object, name: string): (self: self) => value {
  const read = descriptor(prototype, name)?.get
  if (read === undefined) throw new TypeError(`${name} has no getter.`)
  return (self) => apply(read, self, [])
}

/**
 * The built-ins that the provider uses, as they were before the page's first script ran. A page that changes its prototypes later
 * breaks neither its own requests nor those of other scripts.
 */
export const primordials = {
  defineProperty: Object.defineProperty,
  define: Reflect.defineProperty,
  freeze: Object.freeze,
  hasOwn: Object.hasOwn,
  stringify: JSON.stringify,
  Promise,
  Error,
  CustomEvent,
  MessageChannel,
  MessageEvent,
  setTimeout: setTimeout.bind(globalThis),
  random: Math.random,
  floor: Math.floor,
  on: method<EventTarget, [string, (event: Event) => void], unknown>(EventTarget.prototype.addEventListener),
  dispatch: method<EventTarget, [Event], boolean>(EventTarget.prototype.dispatchEvent),
  stopImmediate: method<Event, [], unknown>(Event.prototype.stopImmediatePropagation),
  post: method<MessagePort, [unknown], unknown>(
    MessagePort.prototype.postMessage as (this: MessagePort, message: unknown) => unknown,
  ),
  start: method<MessagePort, [], unknown>(MessagePort.prototype.start),
  dataOf: getter<MessageEvent, unknown>(MessageEvent.prototype, 'data'),
  hexOf: method<number, [number], string>(Number.prototype.toString),
  mapOf: <value>() => new NativeMap<number, value>(),
  mapGet: <value>(map: Map<number, value>, key: number) => apply(get, map, [key]) as value | undefined,
  mapSet: <value>(map: Map<number, value>, key: number, item: value) => void apply(set, map, [key, item]),
  mapDelete: (map: Map<number, unknown>, key: number) => void apply(remove, map, [key]),
  /** Calls `visit` for each entry in order of insertion; entries may be removed meanwhile. */
  mapEach: <value>(map: Map<number, value>, visit: (item: value, key: number) => void) =>
    void apply(forEach, map, [visit]),
} as const
