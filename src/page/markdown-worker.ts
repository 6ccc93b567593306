import { parentPort } from 'node:worker_threads'
import { renderMarkdown } from './markdown.ts'

/** The code of the thread that renders Markdown: it answers each text with HTML. */
parentPort?.on('message', (source: string) => parentPort?.postMessage(renderMarkdown(source), []))
