"""Runs unittest files and tells what it runs, while it runs it: `redgreen_unittest.py [file ...]`, without files all of them."""

import importlib
import os
import platform
import sys
import traceback
import unittest

from redgreen_report import clean, message_of, open_report, reason_of, wanted_names

put = open_report()
wanted = wanted_names()
# The folder of this file is no part of the project.
sys.path[0] = os.getcwd()
LEFT_OUT = {"node_modules", "venv", "env", "build", "dist", "__pycache__", "site-packages"}


class Result(unittest.TextTestResult):
    file = ""

    def name(self, test):
        inner = getattr(test, "test_case", test)
        name = "%s > %s" % (type(inner).__qualname__.replace(".", " > "), inner._testMethodName)
        return name if inner is test else "%s > %s" % (name, test._subDescription())

    def tell(self, test, state, **failure):
        # A class or module that could not be set up is told under a name of its own.
        if isinstance(test, unittest.suite._ErrorHolder):
            put(ev="hook-error", file=self.file, message=failure.get("message", test.description))
            return
        key = self.name(test)
        put(ev="test", file=self.file, key=key, name=key, state=state, **failure)

    def failure(self, test, err):
        if isinstance(err[1], KeyboardInterrupt):
            raise err[1]
        frames = [frame.name for frame in traceback.extract_tb(err[2])]
        hook = {"setUp", "tearDown", "asyncSetUp", "asyncTearDown", "_callSetUp", "_callTearDown"}
        reason = "hook" if hook & set(frames[:4]) else reason_of(err[0])
        return dict(reason=reason, message=message_of(err[1]))

    def startTest(self, test):
        super().startTest(test)
        put(ev="test-start", file=self.file, key=self.name(test), name=self.name(test))

    def addSuccess(self, test):
        super().addSuccess(test)
        self.tell(test, "passed")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.tell(test, "failed", **self.failure(test, err))

    addError_ = unittest.TextTestResult.addError

    def addError(self, test, err):
        self.addError_(test, err)
        self.tell(test, "failed", **self.failure(test, err))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.tell(test, "skipped")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self.tell(test, "passed")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self.tell(test, "failed", reason="assertion", message="It was expected to fail, and passed.")

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is None:
            self.tell(subtest, "passed")
            return
        self.tell(subtest, "failed", **self.failure(subtest, err))
        # unittest does not tell the test itself when one of its parts failed.
        self.tell(test, "failed", **self.failure(subtest, err))


def files_below(folder):
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if f not in LEFT_OUT and not f.startswith("."))
        for file in sorted(files):
            if file.startswith("test") and file.endswith(".py"):
                yield os.path.join(place, file)


def module_of(file):
    """Imports a file as `python -m unittest` does: by its dotted name below the working directory."""
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
    if wanted is None:
        return suite, []
    chosen = [test for test in tests_in(suite) if clean(result.name(test)) in wanted]
    return unittest.TestSuite(chosen), []


def main():
    put(ev="run-start", runner="unittest", version=platform.python_version())
    stream = unittest.runner._WritelnDecorator(sys.stderr)
    result = Result(stream, True, 2)
    bad = False
    for file in sys.argv[1:] or files_below(os.getcwd()):
        result.file = file
        put(ev="file", file=file, tests=[])
        suite, errors = load(file, result)
        suite.run(result)
        put(ev="file-end", file=file, errors=errors)
        bad = bad or bool(errors)
    result.printErrors()
    put(ev="run-end", unhandled=[])
    sys.exit(0 if result.wasSuccessful() and not bad else 1)


if __name__ == "__main__":
    main()
