import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../src/page/markdown.ts'
import { renderPlain } from '../../src/page/plain-text.ts'

describe('a rendered document', () => {
  it.each([
    ['# A\n\n**b** `c`', '<h1>A</h1>\n<p><strong>b</strong> <code>c</code></p>'],
    ['<script>alert(1)</script>', '&#x3C;script>alert(1)&#x3C;/script>'],
    ['a <b onclick="x()">b</b>', '<p>a &#x3C;b onclick="x()">b&#x3C;/b></p>'],
    ['[a](javascript:alert(1))', '<p><a>a</a></p>'],
    ['[a](https://example.com "t")', '<p><a href="https://example.com" title="t">a</a></p>'],
    ['![a cat](http://example.com/x.png)', '<p>a cat</p>'],
    ['a\n\n<!-- hidden -->\n\nb', '<p>a</p>\n<p>b</p>'],
    ['a <!-- hidden --> b', '<p>a  b</p>'],
    ['<!-- hidden --> Every password is checked.', 'Every password is checked.'],
    ['<!-- hidden\n--> one <!-- two --> three', 'one  three'],
    ['<!--> Every password is checked. -->', 'Every password is checked. -->'],
    ['<!-- hidden --!> Every password --> is checked.', 'Every password --> is checked.'],
    ['<!-- Every password is checked.', '&#x3C;!-- Every password is checked.'],
  ])('of %j is %j', (source, html) => {
    expect(renderMarkdown(source)).toBe(html)
  })

  it('has tables and boxes, and its front matter as text', () => {
    const html = renderMarkdown('---\ntitle: <x>\n---\n\n- [x] a\n\n| b |\n| - |\n| c |\n')
    expect(html).toContain('<pre><code>title: &lt;x></code></pre>')
    expect(html).toContain('<input type="checkbox" checked disabled>')
    expect(html).toContain('<td>c</td>')
  })

  it('of another kind is text', () => {
    expect(renderPlain('{"a": "<b>&"}')).toBe('<pre><code>{"a": "&lt;b>&amp;"}</code></pre>')
  })
})
