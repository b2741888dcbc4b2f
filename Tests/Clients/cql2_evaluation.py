"""What a CQL2 expression, as JSON, says of a STAC item: True, False, or None where it is not known (OGC 21-065r2)."""
import math
import re
import unicodedata
from datetime import datetime, timedelta, timezone

import shapely
import shapely.geometry

UNKNOWN = None


def holds(expression, item):
    return value(expression, item) is True


class Values(list):
    """The several values of a tag: a condition holds for it when it holds for one of them."""


class Day:
    def __init__(self, text):
        self.start = datetime.fromisoformat(text).replace(tzinfo=timezone.utc)
        self.end = self.start + timedelta(days=1) - timedelta(microseconds=1)


def value(expression, item):
    if not isinstance(expression, dict):
        return [value(part, item) for part in expression] if isinstance(expression, list) else expression
    if "property" in expression:
        return looked_up(expression["property"], item)
    if "timestamp" in expression:
        return datetime.fromisoformat(expression["timestamp"])
    if "date" in expression:
        return Day(expression["date"])
    if "interval" in expression:
        return tuple(end(part, item, index) for index, part in enumerate(expression["interval"]))
    if "bbox" in expression:
        return shapely.box(*expression["bbox"])
    if "type" in expression:
        return shapely.geometry.shape(expression)
    return operated(expression["op"], expression["args"], item)


def end(part, item, index):
    if part == "..":
        return (datetime.min if index == 0 else datetime.max).replace(tzinfo=timezone.utc)
    if isinstance(part, str) and len(part) == 10:
        return span(Day(part))[index]
    return datetime.fromisoformat(part) if isinstance(part, str) else value(part, item)


def looked_up(name, item):
    properties = item["properties"]
    if name == "geometry":
        return shapely.geometry.shape(item["geometry"])
    if name.startswith("semantics."):
        return Values(tag["value"] for tag in tags(item) if tag["key"] == name.removeprefix("semantics."))
    if name == "wayside:objects":
        return [tag["value"] for tag in tags(item) if tag["key"] == "wayside|object"]
    if name in ("datetime", "created", "updated"):
        return datetime.fromisoformat(properties[name])
    if name.startswith("pers:interior_orientation."):
        return properties["pers:interior_orientation"].get(name.removeprefix("pers:interior_orientation."))
    return properties.get(name)


def tags(item):
    properties = item["properties"]
    of_regions = [tag for annotation in properties["annotations"] for tag in annotation["semantics"]]
    return properties["semantics"] + properties["collection"]["semantics"] + of_regions


def operated(op, args, item):
    if op in ("and", "or"):
        parts = [value(part, item) for part in args]
        decisive = op == "or"
        if decisive in parts:
            return decisive
        return UNKNOWN if UNKNOWN in parts else not decisive
    if op == "not":
        inner = value(args[0], item)
        return UNKNOWN if inner is UNKNOWN else not inner
    operands = [value(part, item) for part in args]
    if op == "isNull":
        return operands[0] is UNKNOWN or operands[0] == []
    if op in ("casei", "accenti"):
        return folded(op, operands[0])
    several = next((place for place, operand in enumerate(operands) if isinstance(operand, Values)), None)
    if several is not None:
        outcomes = [plain(op, [*operands[:several], one, *operands[several + 1:]]) for one in operands[several]]
        return UNKNOWN if not outcomes else any(outcome is True for outcome in outcomes)
    return plain(op, operands)


def folded(op, text):
    if isinstance(text, Values):
        return Values(folded(op, one) for one in text)
    if text is UNKNOWN:
        return UNKNOWN
    if op == "casei":
        return text.casefold()
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def plain(op, operands):
    if op.startswith("s_"):
        return bool(getattr(shapely, op.removeprefix("s_"))(*operands))
    if op.startswith("t_"):
        return related(op, span(operands[0]), span(operands[1]))
    if op.startswith("a_"):
        left, right = map(set, operands)
        return {"a_equals": left == right, "a_contains": left >= right, "a_containedBy": left <= right,
                "a_overlaps": bool(left & right)}[op]
    if op == "in":
        if operands[0] is UNKNOWN:
            return UNKNOWN
        return operands[0] in operands[1]
    if UNKNOWN in [operand for operand in operands if not isinstance(operand, Day)]:
        return UNKNOWN
    if op == "between":
        return operands[1] <= operands[0] <= operands[2]
    if op == "like":
        return re.fullmatch(pattern(operands[1]), operands[0], re.DOTALL) is not None
    return ARITHMETIC[op](*operands) if op in ARITHMETIC else compared(op, *operands)


def divided(a, b):
    return a / b if b else UNKNOWN


def powered(a, b):
    return a ** b


ARITHMETIC = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": divided, "^": powered,
    "%": lambda a, b: math.fmod(a, b) if b else UNKNOWN, "div": lambda a, b: float(math.trunc(a / b)) if b else UNKNOWN,
}


def compared(op, left, right):
    if isinstance(left, Day) or isinstance(right, Day):
        (start, until), (low, high) = span(left), span(right)
        return {"=": low <= start and until <= high, "<>": not (low <= start and until <= high), "<": until < low,
                ">": start > high, "<=": until <= high, ">=": start >= low}[op]
    return {"=": left == right, "<>": left != right, "<": left < right, ">": left > right, "<=": left <= right,
            ">=": left >= right}[op] if op in ("=", "<>") or type(left) is not bool else UNKNOWN


def pattern(text):
    """A LIKE pattern as a regular expression."""
    result, rest = "", iter(text)
    for character in rest:
        if character == "\\":
            result += re.escape(next(rest))
        else:
            result += {"%": ".*", "_": "."}.get(character, re.escape(character))
    return result


def span(time):
    if isinstance(time, Day):
        return time.start, time.end
    return time if isinstance(time, tuple) else (time, time)


def related(op, a, b):
    (start, until), (low, high) = a, b
    return {
        "t_after": start > high, "t_before": until < low, "t_contains": start < low and until > high,
        "t_disjoint": until < low or start > high, "t_during": start > low and until < high,
        "t_equals": start == low and until == high, "t_finishedBy": start < low and until == high,
        "t_finishes": start > low and until == high, "t_intersects": start <= high and until >= low,
        "t_meets": until == low, "t_metBy": start == high, "t_overlappedBy": low < start < high < until,
        "t_overlaps": start < low < until < high, "t_startedBy": start == low and until > high,
        "t_starts": start == low and until < high,
    }[op]
