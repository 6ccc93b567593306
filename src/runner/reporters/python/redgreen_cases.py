"""Reports the results of unittest cases, for runners that are built on unittest."""

import traceback
import unittest

from redgreen_report import message_of, open_report, reason_of

write = open_report()


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


def tests_in(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from tests_in(test)
        else:
            yield test
