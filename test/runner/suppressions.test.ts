import { describe, expect, it } from 'vitest'
import { kindsOfKey } from '../../src/runner/check-configuration.ts'
import { addedSuppressions, withoutSuppressions } from '../../src/runner/suppressions.ts'

const markersIn = (text: string) => addedSuppressions(text, '').map(({ marker }) => marker)

describe('a comment that switches a check off', () => {
  it.each([
    ['// eslint-disable-next-line no-debugger', 'eslint-disable-next-line', 'lint'],
    ['/* eslint-disable */', 'eslint-disable', 'lint'],
    ['  {/* eslint-disable-line */}', 'eslint-disable-line', 'lint'],
    ['debugger // oxlint-disable-line', 'oxlint-disable-line', 'lint'],
    ['// biome-ignore lint/suspicious: legacy', 'biome-ignore', 'lint'],
    ['x = 1  # noqa: E501', 'noqa', 'lint'],
    ['x = eval(y)  # type: ignore  # noqa', 'type: ignore', 'types'],
    ['# pylint: disable=all', 'pylint: disable', 'lint'],
    ['f() //nolint:errcheck', 'nolint', 'lint'],
    ['run() // #nosec G204', '#nosec', 'lint'],
    ['#![allow(clippy::all)]', '#![allow', 'lint'],
    ['#[expect(dead_code)]', '#[expect', 'lint'],
    ['@SuppressWarnings("unchecked")', '@SuppressWarnings', 'lint'],
    ['int x; // NOLINT(readability)', 'NOLINT', 'lint'],
    ['y # rubocop:disable all', 'rubocop:disable', 'lint'],
    ['// @ts-ignore', '@ts-ignore', 'types'],
    ['/** @ts-expect-error wrong */', '@ts-expect-error', 'types'],
    ['//@ts-nocheck', '@ts-nocheck', 'types'],
    ['# mypy: ignore-errors', 'mypy: ignore-errors', 'types'],
    ['def f(): # pragma: no cover', 'pragma: no cover', 'coverage'],
    ['/* istanbul ignore next */', 'istanbul ignore', 'coverage'],
    ['/* c8 ignore start */', 'c8 ignore', 'coverage'],
    ['/* node:coverage disable */', 'node:coverage disable', 'coverage'],
  ])('is found in %s', (line, marker, kind) => {
    expect(markersIn(`a\n${line}\nb\n`)[0]).toBe(marker)
    expect(kindsOfKey(`src/a.ts#${marker}`)).toEqual([kind])
  })

  it.each([
    ['// Do not use eslint-disable here'],
    ['const help = "add noqa to the line"'],
    ['// Why is type: ignore bad?'],
    ['#[derive(Debug)]'],
    ['// nolinters'],
    ['# noqa-like words'],
    ['// eslint-disabled was removed'],
    ['let allow = 1'],
  ])('is not found in %s', line => {
    expect(markersIn(line)).toEqual([])
  })

  it('counts if an earlier version does not have it, wherever it stood', () => {
    const earlier = 'a() // noqa: A\nb() //   noqa: B\n'
    expect(addedSuppressions('\n\nb() // noqa: B\na()   //  noqa: A\n', earlier)).toEqual([])
    const now = 'a() // noqa: A\nc() // noqa: A\nd() // noqa\n'
    expect(addedSuppressions(now, earlier).map(({ text }) => text)).toEqual(['noqa: A', 'noqa'])
  })

  it('can be taken out, and the code stays', () => {
    const text = 'a() // eslint-disable-line\n#[allow(dead_code)]\nfn b() {} // @ts-ignore x\n'
    const without = withoutSuppressions(text)
    expect(markersIn(without)).toEqual([])
    expect(without).toContain('a() //')
    expect(without).toContain('#[warn(dead_code)]\nfn b() {}')
  })

  it.each(['#', '/', ' ', '*', '-', '//', '# ', '/*', '@', 'noqa '])(
    'is searched for in time that grows with the text: %j',
    piece => {
      const text = piece.repeat(400_000)
      expect(markersIn(text).length).toBeLessThan(400_001)
    },
  )
})
