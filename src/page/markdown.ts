import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import remarkRehype from 'remark-rehype'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import type { Root, RootContent } from 'mdast'
import { renderPlain } from './plain-text.ts'

/**
 * A document of a project as HTML for the page. HTML in it is shown as text, and what is left is sanitised: no scripts, styles, forms,
 * images or addresses other than those of the web. It takes seconds for long or deeply nested documents.
 */
export function renderMarkdown(source: string): string {
  const { matter, body } = splitFrontMatter(source)
  const file = remark()
    .use(remarkGfm)
    .use(htmlAsText)
    .use(remarkRehype)
    .use(rehypeSanitize, SCHEMA)
    .use(rehypeStringify)
    .processSync(body)
  return matter === '' ? String(file) : `${renderPlain(matter)}\n${String(file)}`
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
    const value = withoutComments(node.value)
    return value === '' ? [] : [{ type: 'text', value }]
  })
}

/** Other viewers show what stands before and after a comment, so it must not be hidden with it. A comment without an end is shown. */
function withoutComments(html: string): string {
  let shown = ''
  let from = 0
  for (;;) {
    const start = html.indexOf('<!--', from)
    COMMENT_END.lastIndex = start + '<!'.length
    if (start < 0 || !COMMENT_END.test(html)) return `${shown}${html.slice(from)}`.trim()
    shown += html.slice(from, start)
    from = COMMENT_END.lastIndex
  }
}

/** Browsers accept both. `<!-->` is a whole comment. */
const COMMENT_END = /--!?>/g
