#!/usr/bin/env python3
"""Counts the test cases of JUnit files and prints `N passed, N failed` (and `, N skipped` where there are any).

    count-tests.py [--label WORD] FOLDER…

A folder without a result counts as one failure: its suite died. Exits non-zero when anything failed or nothing ran.
"""
import glob
import os
import sys
import xml.etree.ElementTree as xml


def count(folder):
    passed = failed = skipped = 0
    for path in glob.glob(os.path.join(folder, "*.xml")):
        try:
            cases = list(xml.parse(path).iter("testcase"))
        except xml.ParseError:
            failed += 1
            continue
        for case in cases:
            if case.find("failure") is not None or case.find("error") is not None:
                failed += 1
            elif case.find("skipped") is not None:
                skipped += 1
            else:
                passed += 1
    if passed + failed + skipped == 0:
        failed = 1
    return passed, failed, skipped


def main():
    arguments = sys.argv[1:]
    label = ""
    if arguments[:1] == ["--label"]:
        label, arguments = arguments[1] + ": ", arguments[2:]
    passed, failed, skipped = (sum(column) for column in zip(*map(count, arguments)))
    print(f"{label}{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
