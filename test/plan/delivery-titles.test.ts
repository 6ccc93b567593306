import { describe, expect, test } from 'vitest'
import { askedRuns } from '../../src/plan/asked-runs.ts'
import { delivers } from '../../src/plan/delivery-titles.ts'
import { kindOf } from '../../src/plan/kinds.ts'

function kind(title: string, files: readonly string[] = []): string {
  return kindOf({ category: 'work', phase: 'P', title, files, ahead: false }).kind
}

describe('a task that delivers what was built is a check', () => {
  test.each([
    'Deploy to production',
    'Deploy the app to Vercel and verify the health check',
    'Deploy: copy dist to the server',
    'Re-deploy staging',
    'Production deployment',
    'Deployment to staging',
    'Release v1.2.0',
    'Create GitHub release v2.0.0',
    'Publish the package to npm',
    'Publish to PyPI',
    'Tag v1.0.0',
    'Create git tag and push',
    'Commit and push',
    'Commit, push and verify that CI is green',
    'Commit the plan update',
    'Commit all changes with a conventional commit message',
    'Commit code with a descriptive message and attach a git-note summary',
    'Push to origin main',
    'Record the task commit SHA in this plan `[commit: ...]`',
    'Open a pull request',
    'Create PR for the feature branch',
    'Merge the PR into main',
    'Merge to main',
    'Push branch to origin, open PR',
    'Deploy to production: `cd ansible && ./deploy.sh --limit web`',
    'Post-deploy health check (`gh auth status`)',
    'Deploy the worker to production.',
    'Post-release: Monitor production for 72 hours',
  ])('%s', title => {
    expect(delivers(title)).toBe(true)
    expect(kind(title)).toBe('check')
  })

  test.each([
    'Deploy button for previews',
    'Deploy previews when a branch is pushed',
    'Deploy: add a cache to the server',
    'Deploy the site to customer buckets',
    'Deploy the app and add a rollback command',
    'Release seats after payment',
    'Release the lock when the call ends',
    'Create a tag',
    'Publish the article',
    'Publish events to the queue',
    'Push notifications to members',
    'Push changes to the server',
    'Commit the transaction',
    'Commit changes to the database',
    'Merge changes of two editors',
    'Open a pull request from the app',
    'Tag photos by place',
    'Monitor the queue length',
    'Ship orders within two days',
  ])('but not what the program does: %s', title => {
    expect(kind(title)).not.toBe('check')
  })

  test('and not a task that names code', () => {
    expect(kind('Deploy to production', ['src/deploy.ts'])).toBe('build')
    expect(kind('Commit and push', ['src/push.ts'])).toBe('build')
  })
})

describe('a check of the project by its name', () => {
  test.each([
    ['Quality check: `npm run lint`, `npm test`', ['tests', 'lint']],
    ['Lint & type check', ['types', 'lint']],
    ['Build: `npm run build` without type errors', ['build']],
    ['Run full local verification gate (`tsc`, `lint`, `npm test`)', ['tests', 'types', 'lint']],
    ['Run the lint and build gates', ['lint', 'build']],
    ['REQ-LAMP-002 Run the lint and build gates', ['lint', 'build']],
    ['Full regression test suite', ['tests']],
    ['Full regression', ['tests']],
  ])('%s is a check, and what it names is run', (title, runs) => {
    expect(kind(title)).toBe('check')
    expect(askedRuns(title.replace(/^REQ\S+ /, ''))).toEqual(runs)
  })

  test.each([
    'Quality check: reject blurry photos',
    'Quality gate for uploaded photos',
    'Build: assemble the order from its parts',
    'CLI: make report prints the totals',
    'Full regression of the price model on old orders',
    'UTF-8 decoder',
    'Lint: warn about unused labels',
  ])('is not what the program does: %s', title => {
    expect(kind(title)).not.toBe('check')
  })
})

describe('what sets the project up is a check', () => {
  test.each([
    'Initialize React project with Vite',
    'Initialize Next.js project',
    'Install React Router',
    'Install Zod and React Hook Form',
    'Install @tanstack/react-query',
    'Install and configure Tailwind CSS',
    'Setup Linting and Formatting',
    'Configure path aliases',
  ])('%s', title => {
    expect(kind(title)).toBe('check')
  })

  test.each([
    'Initialize the customer project with its tasks',
    'Create project page',
    'Install Plugin from the store',
    'Install Update button',
    'Setup wizard',
    'Setup link that expires',
    'Install and configure the payment service',
  ])('but not what the program does: %s', title => {
    expect(kind(title)).toBe('build')
  })
})

describe('a formatter', () => {
  test.each(['Run Prettier on all files', 'Run `npm run format:fix`', 'Run eslint --fix'])(
    'that writes changes how code is written: %s',
    title => {
      expect(kind(title)).toBe('refactor')
    },
  )

  test.each([
    ['Run prettier --check', 'check'],
    ['Verify formatting and run tests', 'check'],
    ['Format dates on all pages', 'build'],
  ])('that only looks, or another one, does not: %s', (title, expected) => {
    expect(kind(title)).toBe(expected)
  })
})

describe('a pattern of files', () => {
  test('of code beside a file of configuration is not a configuration', () => {
    expect(kind('Update src/**/*.ts and package.json', ['package.json'])).toBe('build')
    expect(kind('Update *.md and README.md', ['README.md'])).toBe('check')
  })
})
