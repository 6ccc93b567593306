import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Board, Views } from '../wire.ts'
import { followChanges, read, Refused } from './connection.ts'

/** What is known about the server. `revision` grows with every change. */
export interface Live {
  board: Board | undefined
  isConnected: boolean
  /** Why nothing can be read. */
  refused: string | undefined
  revision: number
  refresh: () => void
}

/** Follows the server for as long as the page is open. */
export function useLive(): Live {
  const [board, setBoard] = useState<Board>()
  const [isConnected, setConnected] = useState(true)
  const [refused, setRefused] = useState<string>()
  const [revision, setRevision] = useState(0)
  const refresh = useCallback(() => setRevision(known => known + 1), [])
  useEffect(() => {
    void followChanges({
      hello(hello) {
        setConnected(true)
        // A server of another version has another page.
        if (hello.build === ownBuild()) refresh()
        else loadAnew(hello.version)
      },
      changed: refresh,
      lost: () => setConnected(false),
    })
  }, [refresh])
  useEffect(() => {
    const controller = new AbortController()
    const look = async () => {
      try {
        setBoard(await read<Board>('board', {}, controller.signal))
        setRefused(undefined)
      } catch (error) {
        if (error instanceof Refused) setRefused(error.message)
      }
    }
    void look()
    return () => controller.abort()
  }, [revision])
  return { board, isConnected, refused, revision, refresh }
}

function ownBuild(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[name=build]')?.content
}

const NEWS_KEY = 'redgreen-news'

/** Loads the page of the other server, at most once for each of its versions, so that no mistake can make a loop of it. */
function loadAnew(version: string): void {
  if (sessionStorage.getItem(NEWS_KEY) === version) return
  sessionStorage.setItem(NEWS_KEY, version)
  location.reload()
}

/** The version of the server for which this page was loaded anew, once. */
export function takeNews(): string | undefined {
  const version = sessionStorage.getItem(NEWS_KEY) ?? undefined
  sessionStorage.removeItem(NEWS_KEY)
  return version
}

/** Data of the server for a view: what is there, or why not. Read again after every change; the earlier data stay until then. */
export function useData<Name extends keyof Views>(
  name: Name,
  query: Readonly<Record<string, string>>,
  revision: number,
): { data: Views[Name] | undefined; problem: string | undefined } {
  const key = JSON.stringify([name, query])
  const [state, setState] = useState<{ key: string; data?: Views[Name]; problem?: string }>({ key })
  const latest = useRef(query)
  latest.current = query
  useEffect(() => {
    const controller = new AbortController()
    read<Views[Name]>(name, latest.current, controller.signal).then(
      data => setState({ key, data }),
      (error: unknown) => {
        if (error instanceof Refused) setState({ key, problem: error.message })
      },
    )
    return () => controller.abort()
  }, [key, name, revision])
  return state.key === key
    ? { data: state.data, problem: state.problem }
    : { data: undefined, problem: undefined }
}
