#!/usr/bin/env python3
"""Counts the test cases of JUnit files and prints `N passed, N failed` (and `, N skipped` where there are any), under what failed and why.

    count-tests.py [--label WORD] FOLDER…

A folder without a result counts as one failure: its suite died. Exits non-zero when anything failed or nothing ran.
"""
import glob
import os
import sys
import xml.etree.ElementTree as xml


def outcomes(folder):
    """(outcome, name, reason) of each test case in a folder."""
    found = []
    for path in glob.glob(os.path.join(folder, "*.xml")):
        try:
            cases = list(xml.parse(path).iter("testcase"))
        except xml.ParseError as error:
            found.append(("failed", os.path.basename(path), f"its run died ({error})"))
            continue
        found += [outcome(case) for case in cases]
    return found or [("failed", os.path.basename(folder), "left no result: its run died")]


def outcome(case):
    name = ".".join(filter(None, [case.get("classname"), case.get("name")]))
    reasons = case.findall("failure") + case.findall("error")
    if reasons:
        return "failed", name, " · ".join(filter(None, (r.get("message") or r.text for r in reasons)))
    return ("skipped" if case.find("skipped") is not None else "passed"), name, ""


def main():
    arguments = sys.argv[1:]
    label = ""
    if arguments[:1] == ["--label"]:
        label, arguments = arguments[1] + ": ", arguments[2:]
    found = [each for folder in arguments for each in outcomes(folder)]
    for kind, name, reason in found:
        if kind == "failed":
            print(f"failed: {name}: {' '.join(reason.split())[:600]}")
    passed, failed, skipped = (sum(kind == wanted for kind, _, _ in found) for wanted in ("passed", "failed", "skipped"))
    print(f"{label}{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
