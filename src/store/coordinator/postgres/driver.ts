import { StoreUnreachable } from '../coordinator.ts'

declare module 'pg' {
  interface ClientBase {
    /** Lets the process end although the connection is open. Its types lack it. */
    unref(): void
  }
}

/** The only module that loads pg. The package is optional and is loaded when a project uses PostgreSQL. */
export async function loadDriver(load = () => import('pg')) {
  try {
    return (await load()).default
  } catch {
    throw new StoreUnreachable(
      'the package pg is not installed beside redgreen-mcp (npm install pg)',
    )
  }
}
