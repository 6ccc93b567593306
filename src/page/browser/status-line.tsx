import { useEffect, useState } from 'preact/hooks'

let show: (text: string) => void = () => undefined

/** Says something for a moment at the foot of the page, also to screen readers. */
export function say(text: string): void {
  show(text)
}

const SHOWN_MS = 6000

export function StatusLine() {
  const [text, setText] = useState('')
  useEffect(() => {
    show = setText
  }, [])
  useEffect(() => {
    if (text === '') return undefined
    const timer = setTimeout(() => setText(''), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <p class={`status${text === '' ? '' : ' shown'}`} role="status">
      {text}
    </p>
  )
}
