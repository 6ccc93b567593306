import { useEffect, useRef } from 'preact/hooks'

/** Output of a program. With `follows` it stays at its end, unless the reader scrolled up. */
export function Output({ text, follows = false }: { text: string; follows?: boolean }) {
  const box = useRef<HTMLPreElement>(null)
  const atEnd = useRef(true)
  useEffect(() => {
    if (follows && atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [text, follows])
  return (
    <pre
      ref={box}
      class="output"
      tabIndex={0}
      role="region"
      aria-label="Output"
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollTop + clientHeight > scrollHeight - 20
      }}
    >
      {text === '' ? 'No output yet.' : text}
    </pre>
  )
}
