import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { mutantsIn } from './changes.ts'

const GO = `package a

import (
	"errors"
	"fmt"
	"strings"
)

type Stack[T any] struct {
	items []T
	n     int
}

func New[T any]() *Stack[T] { return &Stack[T]{items: []T{}, n: 1} }

func (s *Stack[T]) Push(x T) {
	s.items = append(s.items, x)
	s.n++
	fmt.Println(s.n)
}

func (s *Stack[T]) Pop() (T, error) {
	var zero T
	if len(s.items) == 0 || !s.ok() {
		return zero, errors.New("empty")
	}
	x := s.items[s.n-1]
	s.n -= 1
	return x, nil
}

func (s *Stack[T]) ok() bool { return s.n > 0 && true }

func Count(words []string) map[string]int {
	all := map[string]int{}
	for i := 0; i < len(words); i++ {
		word := strings.ToLower(words[i])
		if word == "" {
			continue
		}
		all[word] += 1
	}
	return all
}

func Name(first, last string) (name string, err error) {
	name = first + " " + last
	switch {
	case len(name) > 9:
		return "", fmt.Errorf("too long: %s", name)
	}
	return
}
`

const JAVA = `package a;

import java.util.List;
import java.util.ArrayList;
import java.util.Optional;

public class Stack<T> {
  private final List<T> items = new ArrayList<>();
  private int n;
  public Stack(int n) { super(); this.n = n; log("made"); }
  public void push(T item) { items.add(item); n++; log("x" + n); }
  public Optional<T> pop() {
    if (items.isEmpty() || !isOpen()) { return Optional.empty(); }
    n -= 1;
    return Optional.of(items.remove(items.size() - 1));
  }
  public boolean isOpen() { return n > 0 && true; }
  static String name(String first, String last) {
    String all = first + " " + last;
    switch (all.length()) { case 0: return "none"; default: break; }
    while (true) { if (all.length() > 3) { return all; } all = all + "."; }
  }
  int[] numbers(int... more) throws Exception {
    int[] all = new int[3];
    for (int i = 0; i < 3; i++) { all[i] = i * 2 + 1; }
    if (more.length == 0) throw new Exception("none");
    return all;
  }
  long big(long a) { return a > 1 ? a * 2L : -a; }
  private void log(String text) { System.out.println(text); }
  record Pair(int a, int b) { Pair { if (a < b) throw new IllegalArgumentException("a"); } int sum() { return a + b; } }
  interface Shape { double area(); default double twice() { return area() * 2; } }
  enum Level { LOW, HIGH; Level next() { return this == LOW ? HIGH : LOW; } }
}
`

const RUST = `use std::collections::HashMap;
use std::fmt;

#[derive(Debug, Default, Clone, PartialEq)]
pub struct Stack<T> { items: Vec<T>, n: usize }

impl<T: Clone> Stack<T> {
    pub fn new() -> Self { Self { items: Vec::new(), n: 1 } }
    pub fn push(&mut self, item: T) { self.items.push(item); self.n += 1; println!("x"); }
    pub fn pop(&mut self) -> Option<T> {
        if self.items.is_empty() || !self.is_open() { return None; }
        self.n -= 1;
        self.items.pop()
    }
    pub fn is_open(&self) -> bool { self.n > 0 && true }
}

impl<T> fmt::Display for Stack<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}", self.n) }
}

pub fn count(words: &[&str]) -> HashMap<String, i32> {
    let mut all = HashMap::new();
    for word in words {
        if word.len() == 0 { continue; }
        *all.entry(word.to_string()).or_insert(0) += 1;
    }
    all
}

pub fn parse(text: &str) -> Result<i32, String> {
    if text.is_empty() { return Err("empty".to_string()); }
    let number = text.parse::<i32>().map_err(|error| error.to_string())?;
    Ok(number * 2 + 1)
}

pub fn longest<'a>(one: &'a str, other: &'a str) -> &'a str { if one.len() > other.len() { one } else { other } }
pub const fn twice(n: u8) -> u8 { n * 2 }
pub fn pair(a: f64) -> (f64, bool) { (a / 2.0, a < 1.0) }
`

const CPP = `#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace shapes {
template <typename T> class Stack {
 public:
  explicit Stack(int n) : n_(n) { log("made"); n_ += 1; }
  ~Stack() { log("gone"); }
  int size() const noexcept { return static_cast<int>(items_.size()); }
  void push(const T& item) { items_.push_back(item); n_++; }
  T pop();
  bool operator==(const Stack& other) const { return n_ == other.n_ && true; }
  const std::vector<T>& items() const { return items_; }
  auto begin() const -> typename std::vector<T>::const_iterator { return items_.begin(); }

 private:
  static void log(const std::string&) {}
  std::vector<T> items_;
  int n_ = 0;
};

template <typename T> T Stack<T>::pop() {
  if (items_.empty() || !(n_ > 0)) { throw std::runtime_error("empty"); }
  T item = items_.back();
  items_.pop_back();
  n_ -= 1;
  return item;
}

std::string name(const std::string& first, std::string last) { return first + " " + last; }
std::unique_ptr<int> boxed(int n) { return std::make_unique<int>(n * 2 + 1); }
std::map<std::string, int> count(const std::vector<std::string>& words) {
  std::map<std::string, int> all;
  for (int i = 0; i < 3; ++i) { if (words.size() > 2) { all["x"] += i; } }
  return all;
}
int* none(int n) { static int kept; kept = n > 1 ? -n : n; return &kept; }
template class Stack<int>;
}
`

interface Compiler {
  command: string
  file: string
  source: string
  /** Writes all mutants so that one start of the compiler compiles them. */
  prepare(texts: readonly string[], write: (name: string, text: string) => void): string[]
}

const COMPILERS: readonly Compiler[] = [
  {
    command: 'go',
    file: 'a.go',
    source: GO,
    prepare(texts, write) {
      write('go.mod', 'module example.com/a\n\ngo 1.18\n')
      for (const [at, text] of texts.entries()) write(`m${at}/a.go`, text)
      return ['vet', './...']
    },
  },
  {
    command: 'javac',
    file: 'Stack.java',
    source: JAVA,
    prepare(texts, write) {
      for (const [at, text] of texts.entries()) {
        write(`m${at}/Stack.java`, text.replace('package a;', `package m${at};`))
      }
      return ['-d', 'classes', ...texts.map((_, at) => `m${at}/Stack.java`)]
    },
  },
  {
    command: 'rustc',
    file: 'a.rs',
    source: RUST,
    prepare(texts, write) {
      for (const [at, text] of texts.entries()) write(`m${at}.rs`, text)
      write('lib.rs', texts.map((_, at) => `mod m${at};\n`).join(''))
      return ['--crate-type=lib', '--edition=2021', '--emit=metadata', '-Awarnings', 'lib.rs']
    },
  },
  {
    command: 'g++',
    file: 'a.cpp',
    source: CPP,
    prepare(texts, write) {
      const body = CPP.indexOf('namespace')
      const parts = texts.map((text, at) => `namespace m${at} {\n${text.slice(body)}}\n`)
      write('all.cpp', CPP.slice(0, body) + parts.join(''))
      return ['-std=c++17', '-fsyntax-only', '-w', 'all.cpp']
    },
  },
]

describe('mutants compile', () => {
  it.for(COMPILERS)('with $command', async (compiler, { skip }) => {
    skip(spawnSync('which', [compiler.command]).status !== 0, `${compiler.command} is missing.`)
    const mutants = await mutantsIn(compiler.file, compiler.source)
    const texts = mutants.filter(({ counts }) => counts).map(({ text }) => text)
    expect(texts.length).toBeGreaterThan(25)
    expect(() => compile(compiler, texts)).not.toThrow()
  })
})

function compile(compiler: Compiler, texts: readonly string[]): void {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'redgreen-mutants-'))
  try {
    const write = (name: string, text: string) => {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), text)
    }
    const args = compiler.prepare(texts, write)
    execFileSync(compiler.command, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
