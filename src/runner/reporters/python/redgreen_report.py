"""Writes the sealed report of a Python test runner. The counterpart of writer.ts."""

import hashlib
import hmac
import json
import os
import re


def open_report():
    """Returns a function that writes an event, or one that does nothing. Deletes the variable and the key before a test runs."""
    path = os.environ.pop("REDGREEN_REPORT", None)
    if path is None:
        return lambda **event: None
    with open(path + ".key", encoding="utf-8") as key_file:
        key = key_file.read().encode()
    os.unlink(path + ".key")
    # Written synchronously and in order, so that the report is correct up to the moment at which the runner is killed.
    report = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
    count = [0]
    pid = os.getpid()

    def write(**event):
        # A process that a test forked must not write to the report.
        if os.getpid() != pid:
            return
        body = json.dumps(event, separators=(",", ":"))
        seal = hmac.new(key, ("%d:%s" % (count[0], body)).encode(), hashlib.sha256)
        os.write(report, ("%s %s\n" % (seal.hexdigest()[:32], body)).encode())
        count[0] += 1

    return write


def requested_names():
    """The full names of the requested tests, or `None` for all tests."""
    names = os.environ.pop("REDGREEN_NAMES", None)
    return None if names is None else {clean(name) for name in json.loads(names)}


def clean(name):
    """A name in one line, like `cleanName` in names.ts."""
    name = re.sub(r"\x1b\[[0-9;]*m", "", name)
    return re.sub(SPACE, " ", name).strip()[:500]


SPACE = "[\\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"


def message_of(error):
    """The type and the message of an exception, as Python prints them."""
    try:
        text = str(error)
    except Exception:
        text = "(its message could not be read)"
    name = type(error).__name__
    return (name + ": " + text if text else name)[:4000]


def reason_of(kind):
    """Derives why a test failed from the class of the exception."""
    names = {base.__name__ for base in kind.__mro__}
    if "AssertionError" in names or {"Failed", "OutcomeException"} <= names:
        return "assertion"
    return "timeout" if "TimeoutError" in names or "Timeout" in kind.__name__ else "error"
