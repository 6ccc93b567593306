import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import remarkRehype from 'remark-rehype'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import type { Root, RootContent } from 'mdast'

/**
 * A document of a project as HTML for the page. HTML in it is shown as text, and what is left is sanitised: no scripts, styles, forms,
 * images or addresses other than those of the web.
 */
export async function renderMarkdown(source: string): Promise<string> {
  const { matter, body } = splitFrontMatter(source)
  const file = await remark()
    .use(remarkGfm)
    .use(htmlAsText)
    .use(remarkRehype)
    .use(rehypeSanitize, SCHEMA)
    .use(rehypeStringify)
    .process(body)
  return matter === '' ? String(file) : `${renderPlain(matter)}\n${String(file)}`
}

/** A text that is no Markdown, such as JSON. */
export function renderPlain(source: string): string {
  const escaped = source.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<pre><code>${escaped}</code></pre>`
}

/** The settings at the beginning of a document, between two lines of dashes. */
function splitFrontMatter(source: string): { matter: string; body: string } {
  const end = /^---\r?\n/.test(source) ? source.search(/\n---[ \t]*(?:\r?\n|$)/) : -1
  if (end < 0) return { matter: '', body: source }
  const after = source.indexOf('\n', end + 1)
  return {
    matter: source.slice(source.indexOf('\n') + 1, end),
    body: after < 0 ? '' : source.slice(after + 1),
  }
}

const SCHEMA = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter(
    name => !['img', 'picture', 'source'].includes(name),
  ),
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', 'mailto'] },
}

/** Comments are left out, as in every other viewer; other HTML becomes text. */
function htmlAsText() {
  return (tree: Root) => {
    visit(tree)
  }
}

function visit(parent: { children: RootContent[] }): void {
  parent.children = parent.children.flatMap((node): RootContent[] => {
    if (node.type === 'image') return [{ type: 'text', value: node.alt ?? node.url }]
    if (node.type !== 'html') {
      if ('children' in node) visit(node)
      return [node]
    }
    return node.value.startsWith('<!--') ? [] : [{ type: 'text', value: node.value }]
  })
}
