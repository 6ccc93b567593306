"""Runs unittest files and reports the run while it is in progress: `redgreen_unittest.py [FILE ...]`. Without files, runs all."""

import importlib
import os
import platform
import sys
import traceback
import unittest

from redgreen_report import clean, message_of, open_report, reason_of, requested_names

write = open_report()
requested = requested_names()
# Tests import modules from the project's folder and not from the folder of this file.
sys.path[0] = os.getcwd()
IGNORED_FOLDERS = {"node_modules", "venv", "env", "build", "dist", "__pycache__", "site-packages"}


class Result(unittest.TextTestResult):
    file = ""

    def name(self, test):
        inner = getattr(test, "test_case", test)
        name = "%s > %s" % (type(inner).__qualname__.replace(".", " > "), inner._testMethodName)
        return name if inner is test else "%s > %s" % (name, test._subDescription())

    def write_result(self, test, state, **failure):
        # unittest uses this class for a failed set-up of a class or module.
        if isinstance(test, unittest.suite._ErrorHolder):
            write(ev="hook-error", file=self.file, message=failure.get("message", test.description))
            return
        key = self.name(test)
        write(ev="test", file=self.file, key=key, name=key, state=state, **failure)

    def failure(self, test, err):
        if isinstance(err[1], KeyboardInterrupt):
            raise err[1]
        frames = [frame.name for frame in traceback.extract_tb(err[2])]
        hook = {"setUp", "tearDown", "asyncSetUp", "asyncTearDown", "_callSetUp", "_callTearDown"}
        reason = "hook" if hook & set(frames[:4]) else reason_of(err[0])
        return dict(reason=reason, message=message_of(err[1]))

    def startTest(self, test):
        super().startTest(test)
        write(ev="test-start", file=self.file, key=self.name(test), name=self.name(test))

    def addSuccess(self, test):
        super().addSuccess(test)
        self.write_result(test, "passed")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.write_result(test, "failed", **self.failure(test, err))

    addError_ = unittest.TextTestResult.addError

    def addError(self, test, err):
        self.addError_(test, err)
        self.write_result(test, "failed", **self.failure(test, err))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.write_result(test, "skipped")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self.write_result(test, "passed")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self.write_result(test, "failed", reason="assertion", message="The test was expected to fail, but it passed.")

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is None:
            self.write_result(subtest, "passed")
            return
        self.write_result(subtest, "failed", **self.failure(subtest, err))
        # unittest reports no result for the test itself if one of its subtests failed.
        self.write_result(test, "failed", **self.failure(subtest, err))


def files_below(folder):
    for path, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if f not in IGNORED_FOLDERS and not f.startswith("."))
        for file in sorted(files):
            if file.startswith("test") and file.endswith(".py"):
                yield os.path.join(path, file)


def module_of(file):
    """Imports a file by its dotted name below the working directory, like `python -m unittest`."""
    parts = os.path.relpath(os.path.splitext(file)[0], os.getcwd()).split(os.sep)
    if all(part.isidentifier() for part in parts):
        return importlib.import_module(".".join(parts))
    sys.path.insert(0, os.path.dirname(file))
    return importlib.import_module(parts[-1])


def tests_in(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from tests_in(test)
        else:
            yield test


def load(file, result):
    try:
        suite = unittest.defaultTestLoader.loadTestsFromModule(module_of(file))
    except unittest.SkipTest:
        return unittest.TestSuite(), []
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        traceback.print_exc()
        return unittest.TestSuite(), [message_of(error)]
    if requested is None:
        return suite, []
    chosen = [test for test in tests_in(suite) if clean(result.name(test)) in requested]
    return unittest.TestSuite(chosen), []


def main():
    write(ev="run-start", runner="unittest", version=platform.python_version())
    stream = unittest.runner._WritelnDecorator(sys.stderr)
    result = Result(stream, True, 2)
    has_load_errors = False
    for file in sys.argv[1:] or files_below(os.getcwd()):
        result.file = file
        write(ev="file", file=file, tests=[])
        suite, errors = load(file, result)
        suite.run(result)
        write(ev="file-end", file=file, errors=errors)
        has_load_errors = has_load_errors or bool(errors)
    result.printErrors()
    write(ev="run-end", unhandled=[])
    sys.exit(0 if result.wasSuccessful() and not has_load_errors else 1)


if __name__ == "__main__":
    main()
