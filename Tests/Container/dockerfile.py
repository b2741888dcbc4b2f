"""Reads a Dockerfile as far as ours goes: stages of instructions, each RUN as the commands that it joins."""
import json
import re


def stages(text):
    """[(image, name, [(instruction, rest)])], comments and continued lines undone."""
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    lines = re.sub(r"\s*\\\n\s*", " ", lines)
    found = []
    for line in filter(str.strip, lines.splitlines()):
        word, rest = line.split(maxsplit=1)
        if word == "FROM":
            image, *name = re.split(r"\s+AS\s+", rest)
            found.append((image, name[0] if name else None, []))
        else:
            found[-1][2].append((word, rest.strip()))
    return found


def commands(run):
    """The commands of a RUN, one by one."""
    return [command.strip() for command in run.split(" && ")]


def exec_form(rest):
    """The words of `["a", "b"]`, in HEALTHCHECK after its options."""
    return json.loads(rest[rest.index("["):])


def environment(rest):
    """The pairs of `A=b C=d`."""
    return dict(pair.split("=", 1) for pair in rest.split())
