/**
 * `value` behind a proxy that counts every property read of it and of the objects in it. Tests of complexity count work in
 * this way, because elapsed time depends on the load of the machine.
 */
export function countReads<T extends object>(value: T): { counted: T; reads: () => number } {
  let reads = 0
  const proxies = new WeakMap<object, object>()
  const handler: ProxyHandler<object> = {
    get(target, key) {
      reads += 1
      const found: unknown = Reflect.get(target, key)
      return typeof found === 'object' && found !== null ? proxyOf(found) : found
    },
  }
  function proxyOf(object: object): object {
    const proxy = proxies.get(object) ?? new Proxy(object, handler)
    proxies.set(object, proxy)
    return proxy
  }
  return { counted: new Proxy<T>(value, handler), reads: () => reads }
}
