import { StoreUnreachable } from '../coordinator.ts'
import { MIGRATIONS } from './schema.ts'

/** Refuses tables of another version. A newer server may have changed them while this one was running. */
export function checkVersion(version: number, known = MIGRATIONS.length): void {
  if (version === known) return
  throw new StoreUnreachable(
    version > known
      ? `its tables are of version ${version}, and this redgreen-mcp knows only version ${known}; update redgreen-mcp`
      : `its tables are of version ${version}, and this redgreen-mcp needs version ${known}; start it again`,
  )
}
