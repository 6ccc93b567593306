"""Writes the sealed report of a Python test runner; the counterpart of writer.ts."""

import hashlib
import hmac
import json
import os
import re


def open_report():
    """Opens the report, and takes its key and its place away before a test runs. Without a report: a function that does nothing."""
    path = os.environ.pop("REDGREEN_REPORT", None)
    if path is None:
        return lambda **event: None
    with open(path + ".key", encoding="utf-8") as key_file:
        key = key_file.read().encode()
    os.unlink(path + ".key")
    # Written at once and in order: what is not in the file when the runner is killed has not been seen.
    report = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
    count = [0]
    own = os.getpid()

    def put(**event):
        # A process that a test has forked has no word in it.
        if os.getpid() != own:
            return
        body = json.dumps(event, separators=(",", ":"))
        seal = hmac.new(key, ("%d:%s" % (count[0], body)).encode(), hashlib.sha256)
        os.write(report, ("%s %s\n" % (seal.hexdigest()[:32], body)).encode())
        count[0] += 1

    return put


def wanted_names():
    """The full names of the tests that alone are to run, or `None` for all."""
    names = os.environ.pop("REDGREEN_NAMES", None)
    return None if names is None else {clean(name) for name in json.loads(names)}


def clean(name):
    """A name as names.ts makes it one line."""
    name = re.sub(r"\x1b\[[0-9;]*m", "", name)
    return re.sub(BLANK, " ", name).strip()[:500]


BLANK = "[\\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"


def message_of(error):
    """What is thrown, in words; its type goes before them as Python prints it."""
    try:
        text = str(error)
    except Exception:
        text = "(its message could not be told)"
    name = type(error).__name__
    return (name + ": " + text if text else name)[:4000]


def reason_of(kind):
    """Why a test failed, from the class of what it threw."""
    names = {base.__name__ for base in kind.__mro__}
    if "AssertionError" in names or {"Failed", "OutcomeException"} <= names:
        return "assertion"
    return "timeout" if "TimeoutError" in names or "Timeout" in kind.__name__ else "error"
