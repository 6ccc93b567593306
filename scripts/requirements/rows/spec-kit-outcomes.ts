import type { Row } from '../row.ts'

const ORDER = 'test/plan/order.test.ts'
const REFUSALS = 'test/workflow/refusals.test.ts'
const DEMO = 'test/examples/spec-kit.test.ts'
const LOOP = 'test/e2e/loop.test.ts'
const CHEATS = 'test/workflow/cheats.test.ts'
const FRAMEWORKS = 'test/runner/frameworks.test.ts'
const DEPENDENCIES = 'test/dialects/task-list/dependencies.test.ts'
const READING = 'test/dialects/spec-kit/read.test.ts'
const CLI = 'test/cli/cli.test.ts'
const PROGRESS = 'test/plan/progress.test.ts'
const KINDS = 'test/plan/kinds.test.ts'
const OUTCOME = 'test/workflow/outcome.test.ts'
const BATCHES = 'test/workflow/batches.test.ts'
const GROUPS = 'test/workflow/test-groups.test.ts'
const MARKING = 'test/workflow/marking.test.ts'
const PATHS = 'test/dialects/task-list/files.test.ts'

/** The implementation step of spec-kit: its outcomes, what goes wrong, and the order of work. */
export const specKitOutcomes: readonly Row[] = [
  {
    ids: 'R313–R315',
    text: 'Success has a heading, the tasks as n/n, and the number of tests and failures.',
    shown: {
      test: OUTCOME,
      name: 'says complete, with computed numbers and what is left to the person',
    },
  },
  {
    ids: 'R316–R318',
    text: 'The success report tells performance targets, measured values and coverage.',
    shown: {
      test: OUTCOME,
      name: 'is in the report as they printed it, with the targets that they name, and nothing else is',
    },
  },
  {
    ids: 'R319–R321',
    text: 'The success report tells the tasks per phase, the time, and the folder.',
    shown: {
      test: OUTCOME,
      name: 'says complete, with computed numbers and what is left to the person',
    },
  },
  {
    id: 'R322',
    text: 'The success report has a closing line.',
    shown: {
      test: OUTCOME,
      name: 'says complete, with computed numbers and what is left to the person',
    },
  },
  {
    id: 'R323',
    text: 'After success the next steps are told: review, test, commit.',
    shown: {
      test: OUTCOME,
      name: 'says complete, with computed numbers and what is left to the person',
    },
  },
  {
    ids: 'R324–R325',
    text: 'A partial success has its heading, and the tasks as n/m.',
    shown: {
      test: OUTCOME,
      name: 'says partial, with what failed, what is only claimed, and where to go on',
    },
  },
  {
    id: 'R326',
    text: 'A partial success tells how many tasks failed, and their batch.',
    shown: { test: BATCHES, name: 'is named in the report of a partial success' },
  },
  {
    ids: 'R327–R329',
    text: 'A partial success tells the phases, each failed task with its cause, and warnings.',
    shown: {
      test: OUTCOME,
      name: 'says partial, with what failed, what is only claimed, and where to go on',
    },
  },
  {
    id: 'R330',
    text: 'A partial success tells which groups of tests pass.',
    shown: {
      test: GROUPS,
      name: 'are counted when a phase that builds is over, and in the report',
    },
  },
  {
    ids: 'R331–R332',
    text: 'A partial success has numbered advice, and says where a new run goes on.',
    shown: {
      test: OUTCOME,
      name: 'says partial, with what failed, what is only claimed, and where to go on',
    },
  },
  {
    id: 'R333',
    text: 'A halt has its heading.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts the feature when it is sequential, and the report says where, why and what to do',
    },
  },
  {
    id: 'R334',
    text: 'A halt names the failed task and that it is sequential.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts the feature when it is sequential, and the report says where, why and what to do',
    },
  },
  {
    id: 'R335',
    text: 'A halt tells how far each phase is.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts the feature when it is sequential, and the report says where, why and what to do',
    },
  },
  {
    ids: 'R336–R338',
    text: 'A halt has id, title, error and file of the failed task.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts the feature when it is sequential, and the report says where, why and what to do',
    },
  },
  {
    id: 'R339',
    text: 'A halt finds a ticked task whose file is missing or empty.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts the feature when it is sequential, and the report says where, why and what to do',
    },
  },
  {
    id: 'R340',
    text: 'A halt has the likely cause.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts the feature when it is sequential, and the report says where, why and what to do',
    },
  },
  {
    id: 'R341',
    text: 'A halt lists the tasks that it blocks.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts the feature when it is sequential, and the report says where, why and what to do',
    },
  },
  {
    ids: 'R342–R343',
    text: 'A halt tells how to mend it and where the work resumes.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts the feature when it is sequential, and the report says where, why and what to do',
    },
  },
  {
    id: 'R344',
    text: 'A halt has its closing line.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts the feature when it is sequential, and the report says where, why and what to do',
    },
  },
  {
    ids: 'R345–R348',
    text: 'A resumed run tells that it resumes, and which tasks are done and open.',
    shown: { test: OUTCOME, name: 'says that it resumes, what is done, and where it goes on' },
  },
  {
    id: 'R349',
    text: 'A resumed run starts at the first open task and names it.',
    shown: { test: ORDER, name: 'an earlier task that is %s is finished' },
  },
  {
    id: 'R350',
    text: 'A resumed run tells in the end how many tasks it did.',
    shown: { test: OUTCOME, name: 'tells in the end how many tasks it did' },
  },
  {
    id: 'R351',
    text: 'Marked tasks are left out when a run resumes.',
    shown: { test: ORDER, name: 'what is settled, claimed, deferred or in work is not offered' },
  },
  {
    id: 'R352',
    text: 'A sequential task that fails halts the work.',
    shown: { test: REFUSALS, name: 'the fact, and the step that would help', case: 'halted' },
  },
  {
    ids: 'R353–R355',
    text: 'The halt is told with its reason and what to do.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts the feature when it is sequential, and the report says where, why and what to do',
    },
  },
  {
    id: 'R356',
    text: 'A parallel task that fails lets the others go on.',
    shown: { test: ORDER, name: '[P] tasks that failed come last' },
  },
  {
    id: 'R357',
    text: 'A failed parallel task is told with its cause and is not marked.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'lets the others go on when it is parallel, and is offered again last',
    },
  },
  {
    ids: 'R358–R360',
    text: 'A batch ends with what succeeded and what failed.',
    shown: {
      test: BATCHES,
      name: 'ends with what succeeded and what failed, and the failure is shown when the phase is over',
    },
  },
  {
    id: 'R361',
    text: 'Advice: look at the generated files.',
    shown: {
      test: OUTCOME,
      name: 'says complete, with computed numbers and what is left to the person',
    },
  },
  {
    id: 'R362',
    text: 'Advice: run each group of tests by hand.',
    shown: {
      test: GROUPS,
      name: 'are named with their folders where a person is asked to run them',
    },
  },
  {
    id: 'R363',
    text: 'Advice: mend failures, or run again.',
    shown: {
      test: OUTCOME,
      name: 'says complete, with computed numbers and what is left to the person',
    },
  },
  {
    id: 'R364',
    text: "Committing is the user's; the server makes no commit.",
    shown: { test: MARKING, name: 'gets no commit, branch, stash or staged file from the server' },
  },
  {
    id: 'R365',
    text: 'Advice: deploy, take the next feature, or change requirements.',
    shown: {
      test: OUTCOME,
      name: 'says complete, with computed numbers and what is left to the person',
    },
  },
  {
    id: 'R366',
    text: 'The end of every phase is told.',
    shown: { test: DEMO, name: 'finishes every task in its phase' },
  },
  {
    id: 'R367',
    text: 'Within a phase the system does not interrupt.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R368',
    text: 'Parallel failures are shown for review when the phase is over.',
    shown: {
      test: BATCHES,
      name: 'ends with what succeeded and what failed, and the failure is shown when the phase is over',
    },
  },
  {
    id: 'R369',
    text: 'It is told that tests written ahead fail until Core is done.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R370',
    text: 'It is told that a sequential failure blocks what comes after it.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts the feature when it is sequential, and the report says where, why and what to do',
    },
  },
  {
    id: 'R371',
    text: 'tasks.md shows which tasks are done.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R372',
    text: 'A new run resumes where the last one stopped.',
    shown: {
      test: LOOP,
      name: 'is resumed by the next server when its own is killed in the middle of a task',
    },
  },
  {
    id: 'R373',
    text: 'In the end every test has to pass.',
    shown: { test: CHEATS, name: 'by taking it away when its task is done' },
  },
  {
    id: 'R374',
    text: 'In the end the non-functional requirements hold.',
    assistant: 'a person judges that by spec.md; checks named in the settings can measure it.',
  },
  {
    id: 'R375',
    text: 'In the end somebody looks at the code.',
    assistant: 'a person does; run_validation asks to show them the result.',
  },
  {
    id: 'R376',
    text: 'Linter and type checker run where the project has them.',
    shown: {
      test: FRAMEWORKS,
      name: 'a type checker and a linter are found where configured and installed, and run',
    },
  },
  {
    id: 'R377',
    text: 'What was built is held against spec.md.',
    assistant: 'that is reading; the server hands out spec.md with every task.',
  },
  {
    id: 'R378',
    text: 'Tests come before Core.',
    shown: { test: ORDER, name: 'a task waits for the first unfinished phase before its own' },
  },
  {
    id: 'R379',
    text: 'Setup comes before any code.',
    shown: { test: ORDER, name: 'a task waits for the first unfinished phase before its own' },
  },
  {
    id: 'R380',
    text: 'Models come before services.',
    shown: { test: ORDER, name: 'a task that is not [P] waits for all earlier ones' },
  },
  {
    id: 'R381',
    text: 'Services come before endpoints.',
    shown: { test: ORDER, name: 'a task that is not [P] waits for all earlier ones' },
  },
  {
    id: 'R382',
    text: 'Core comes before integration.',
    shown: { test: ORDER, name: 'a task waits for the first unfinished phase before its own' },
  },
  {
    id: 'R383',
    text: 'Each mark is written whole, and after its own task.',
    shown: {
      test: MARKING,
      name: 'is written whole, after its own task: whoever reads finds the old file or the new one',
    },
  },
  {
    id: 'R384',
    text: 'A new run repeats no work and loses none.',
    shown: { test: LOOP, name: 'gets the recorded answer when it asks twice' },
  },
  {
    id: 'R385',
    text: 'The current phase is shown.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'names the phase, its tasks, the task, and what may go on beside it',
    },
  },
  {
    id: 'R386',
    text: 'The exact progress is shown.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R387',
    text: 'Work that may go on at the same time is shown.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'names the phase, its tasks, the task, and what may go on beside it',
    },
  },
  {
    id: 'R388',
    text: 'What says no names the step that would help.',
    shown: { test: REFUSALS, name: 'the fact, and the step that would help' },
  },
  {
    id: 'R389',
    text: 'A failure in setup means a halt.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts in set-up even when it is parallel',
    },
  },
  {
    id: 'R390',
    text: 'A contract goes from its test to a failure, its code and success.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R391',
    text: 'Written dependencies hold.',
    shown: {
      test: DEPENDENCIES,
      name: 'a task waits by its own words',
      case: "['(depends on T001, T003)', ['T001', 'T003']]",
    },
  },
  {
    id: 'R392',
    text: 'A task that speaks of an entity waits for the task that makes it.',
    shown: {
      test: ORDER,
      name: 'waits for the task that makes the entity, by its place or although it is [P]',
    },
  },
  {
    id: 'R393',
    text: 'A task starts when what it depends on is done, and no sooner.',
    shown: { test: ORDER, name: 'a dependency that is only ticked by hand does not count' },
  },
  {
    id: 'R394',
    text: 'The same file means one after another.',
    shown: { test: ORDER, name: 'a later task of the phase waits, even when both are [P]' },
  },
  {
    id: 'R395',
    text: 'Of two tasks on a file the later one waits.',
    shown: { test: ORDER, name: 'a later task of the phase waits, even when both are [P]' },
  },
  {
    id: 'R396',
    text: 'Independent [P] tasks may run side by side.',
    shown: { test: ORDER, name: '[P] tasks side by side may start together' },
  },
  {
    id: 'R397',
    text: 'Tasks side by side share neither files nor dependencies.',
    shown: { test: ORDER, name: 'a task waits for its dependency' },
  },
  {
    id: 'R398',
    text: 'A line with a colon after the id and [P] at the end is read and written.',
    shown: { test: READING, name: 'has ids before a colon and [P] at the end of the title' },
  },
  {
    id: 'R399',
    text: 'The same line of an open task is read.',
    shown: { test: READING, name: 'has ids before a colon and [P] at the end of the title' },
  },
  {
    id: 'R400',
    text: 'Headings such as `## Core Phase` are phases.',
    shown: { test: READING, name: 'has one phase of each purpose' },
  },
  {
    id: 'R401',
    text: 'With T016 and T017 done the work resumes at T018.',
    shown: { test: ORDER, name: 'an earlier task that is %s is finished' },
  },
  {
    id: 'R402',
    text: 'The file says at any moment how far the work is.',
    shown: { test: CLI, name: 'walk the loop, with exit code 0 for what was done' },
  },
  {
    id: 'R403',
    text: 'A task whose mark a person took away is done again.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'begins a task again whose mark a person took away',
    },
  },
  {
    id: 'R404',
    text: 'Messages name the document that a task is made from.',
    assistant: 'the assistant knows which one it used; next_task lists them all.',
  },
  {
    id: 'R405',
    text: 'After each task the progress is told, with a rounded percentage.',
    shown: { test: PROGRESS, name: 'the percentage is rounded' },
  },
  {
    id: 'R406',
    text: 'An answer has the task, what was done, and how far it is.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R407',
    text: 'Setup lays out the project, its dependencies and tools before anything else.',
    shown: {
      test: KINDS,
      name: 'setup is checked, whatever the title says, and the reason names the phase',
    },
  },
  {
    id: 'R408',
    text: 'All documents are read before the first task.',
    assistant:
      "reading is the assistant's; next_task lists them, and the instruction says to read them first.",
  },
  {
    id: 'R409',
    text: 'Unit tests of the polish phase come after the integration tests.',
    shown: { test: ORDER, name: 'a task waits for the first unfinished phase before its own' },
  },
  {
    id: 'R410',
    text: 'A halt says that going on would make more fail.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts the feature when it is sequential, and the report says where, why and what to do',
    },
  },
  {
    id: 'R411',
    text: 'A halt has its error context.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts the feature when it is sequential, and the report says where, why and what to do',
    },
  },
  {
    id: 'R412',
    text: 'Every outcome ends with next steps.',
    shown: {
      test: OUTCOME,
      name: 'says complete, with computed numbers and what is left to the person',
    },
  },
  {
    id: 'R413',
    text: 'Advice tells great changes from small ones.',
    shown: {
      test: OUTCOME,
      name: 'says complete, with computed numbers and what is left to the person',
    },
  },
  {
    id: 'R414',
    text: 'Plan, data model and contracts are what the code is made from.',
    assistant: "it is the assistant's to follow them; next_task lists them.",
  },
  {
    id: 'R415',
    text: 'Contract tests hold the interface against contracts/.',
    assistant:
      'what a test asks for is read, not run; the server sees it fail first and pass later.',
  },
  {
    id: 'R416',
    text: 'Unit tests hold single parts to what they should do.',
    assistant:
      'what a test asks for is read, not run; tests for code that exists have to fail without it.',
  },
  {
    id: 'R417',
    text: '`(file: path)` in a line names the file of the task.',
    shown: {
      test: PATHS,
      name: 'a text names',
      case: "['files in parentheses', 'Create it (file: src/models/message.py)'",
    },
  },
  {
    id: 'R418',
    text: 'Independent [P] tasks that another waits for run first, together.',
    shown: { test: ORDER, name: '[P] tasks side by side may start together' },
  },
]
