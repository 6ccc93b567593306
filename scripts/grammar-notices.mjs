// The parsers are compiled from other projects than the package that contains them, and it names their authors nowhere.

/** Who holds the copyright of tree-sitter and of each grammar, as their own licences say it. */
const HOLDERS = {
  'tree-sitter': ['2018-2024 Max Brunsfeld'],
  cpp: ['2014 Max Brunsfeld'],
  go: ['2014 Max Brunsfeld'],
  java: ['2017 Ayman Nadeem'],
  javascript: ['2014 Max Brunsfeld'],
  php: [
    '2017 Josh Vera, GitHub',
    '2019 Max Brunsfeld, Amaan Qureshi, Christian Frøystad, Caleb White',
  ],
  python: ['2016 Max Brunsfeld'],
  ruby: ['2016 Rob Rix'],
  rust: ['2017 Maxim Sokolov'],
  tsx: ['2017 Max Brunsfeld'],
  typescript: ['2017 Max Brunsfeld'],
}

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`

/** The section about tree-sitter and its grammars. Throws if nobody is named for one of them. */
export function grammarNotices(grammars) {
  const lines = ['tree-sitter', ...grammars].flatMap(name => {
    if (!HOLDERS[name]) throw new Error(`Name the copyright holders of the grammar ${name}.`)
    return HOLDERS[name].map(holder => `${name}: Copyright (c) ${holder}`)
  })
  return ['tree-sitter and its grammars (MIT)', lines.join('\n'), MIT].join('\n\n')
}
