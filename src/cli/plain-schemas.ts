/** Where zod keeps its configuration, which it reads when a schema is made. */
export const ZOD_CONFIGURATION = '__zod_globalConfig'

/**
 * By default zod compiles a function for each schema at its first use, which takes a tenth of a server's first call, and a server over
 * stdio checks too few values to win that back. To be called before zod is loaded: the schemas of the protocol are made with it.
 */
export function usePlainSchemas(): void {
  Object.assign(globalThis, { [ZOD_CONFIGURATION]: { jitless: true } })
}
