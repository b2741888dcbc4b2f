"""Made-up CQL2 text over the properties of items, the same for the same seed."""
import random

from made_up_pictures import OBJECTS

NUMBERS = {
    "view:azimuth": [0, 45, 90.5, 180, 300], "wayside:altitude": [-3.5, 20, 50], "geovisio:rank_in_collection": [1, 5, 12],
    "original_file:size": [100000, 400000, 500000.5], "quality:horizontal_accuracy": [2, 4, 5],
    "pers:interior_orientation.field_of_view": [70, 92, 360], "pers:interior_orientation.focal_length": [2.8, 3],
    "wayside:pitch": [-5, 0, 12.5],
}
TEXTS = {
    "wayside:type": ["flat", "equirectangular"], "pers:interior_orientation.camera_manufacturer": ["GoPro", "gopro", "Élan", "elan"],
    "pers:interior_orientation.camera_model": ["MAX", "THETA X", "Œil 2"], "original_file:name": ["G0001.JPG", "Été_7%.jpg"],
    '"semantics.osm|traffic_sign"': ["stop", "yield", "STOP"], '"semantics.surface"': ["asphalt", "gravel"],
    '"semantics.note"': ["it''s 100%_wet"], '"semantics.wayside|object"': OBJECTS,
}
PATTERNS = ["G%", "g%", "%.JPG", "_0___.jpg", "%t%", "%\\%%", "%s 100\\%\\__et", "Été%", "_"]
TIMES = ["datetime", "created", "updated"]
MOMENTS = ["2026-06-01T10:15:00Z", "2026-06-01T13:00:00Z", "2026-06-01T18:00:00+02:00", "2026-06-02T00:00:00.5Z", "2026-06-02T03:30:00Z"]
INTERVALS = [("2026-06-01T10:15:00Z", "2026-06-01T16:00:00Z"), ("..", "2026-06-01T12:00:00Z"), ("2026-06-02", ".."),
             ("2026-06-01T10:00:00Z", "2026-06-01T10:00:00Z")]
GEOMETRIES = [
    "POLYGON((-1.69 48.09, -1.65 48.09, -1.65 48.13, -1.69 48.13, -1.69 48.09))",
    "POLYGON((-1.7 48.08, -1.62 48.08, -1.66 48.16, -1.7 48.08), (-1.67 48.1, -1.65 48.1, -1.66 48.12, -1.67 48.1))",
    "MULTIPOLYGON(((-1.7 48.08, -1.68 48.08, -1.68 48.1, -1.7 48.08)), ((-1.64 48.1, -1.62 48.1, -1.62 48.15, -1.64 48.1)))",
    "POINT(-1.66 48.12)", "MULTIPOINT((-1.66 48.12), (-1.7 48.08))", "LINESTRING(-1.7 48.1, -1.66 48.1, -1.66 48.14)",
    "MULTILINESTRING((-1.7 48.1, -1.66 48.1), (-1.66 48.1, -1.62 48.1))",
    "GEOMETRYCOLLECTION(POINT(-1.62 48.16), POLYGON((-1.69 48.09, -1.67 48.09, -1.67 48.11, -1.69 48.09)))",
]
PLACES = ["s_intersects", "s_within", "s_disjoint", "s_touches", "s_equals", "s_contains", "s_crosses", "s_overlaps"]
RELATIONS = ["t_after", "t_before", "t_contains", "t_disjoint", "t_during", "t_equals", "t_finishedBy", "t_finishes",
             "t_intersects", "t_meets", "t_metBy", "t_overlappedBy", "t_overlaps", "t_startedBy", "t_starts"]
COMPARISONS = ["=", "<>", "<", ">", "<=", ">="]


def expressions(seed, number):
    """`number` different expressions."""
    rng = random.Random(seed)
    made = {}
    while len(made) < number:
        made[condition(rng, rng.choice([0, 1, 1, 2, 3]))] = None
    return list(made)


def condition(rng, depth):
    if depth == 0:
        return rng.choice([compared, compared, texts, texts, times, times, places, lists, known, ranges, members, sums])(rng)
    if rng.random() < 0.25:
        return f"NOT ({condition(rng, depth - 1)})"
    parts = [condition(rng, rng.randrange(depth)) for _ in range(rng.choice([2, 2, 3]))]
    return rng.choice([" AND ", " or "]).join(f"({part})" for part in parts)


def number(rng):
    name = rng.choice(list(NUMBERS))
    return name, rng.choice(NUMBERS[name])


def compared(rng):
    if rng.random() < 0.1:
        return f"wayside:heading_computed = {rng.choice(['true', 'FALSE'])}"
    name, value = number(rng)
    pair = [name, str(value)]
    if rng.random() < 0.2:
        pair.reverse()
    return f"{pair[0]} {rng.choice(COMPARISONS)} {pair[1]}"


def texts(rng):
    name = rng.choice(list(TEXTS))
    value = rng.choice(TEXTS[name])
    form = rng.randrange(4)
    if form == 0:
        return f"{name} {rng.choice(['', 'NOT '])}LIKE '{rng.choice(PATTERNS)}'"
    if form == 1:
        return f"CASEI({name}) = casei('{value}')"
    if form == 2:
        return f"accenti(casei({name})) = ACCENTI(CASEI('{value}'))"
    return f"{name} {rng.choice(COMPARISONS[:2])} '{value}'"


def times(rng):
    name, moment = rng.choice(TIMES), rng.choice(MOMENTS)
    form = rng.randrange(6)
    if form == 0:
        return f"{name} {rng.choice(COMPARISONS)} TIMESTAMP('{moment}')"
    if form == 1:
        return f"{name} {rng.choice(COMPARISONS)} DATE('2026-06-0{rng.choice([1, 2])}')"
    if form == 2:
        return f"{rng.choice(RELATIONS[:4])}({name}, TIMESTAMP('{moment}'))"
    start, end = rng.choice(INTERVALS)
    return f"{rng.choice(RELATIONS)}({name}, INTERVAL('{start}', '{end}'))"


def places(rng):
    if rng.random() < 0.15:
        return "S_INTERSECTS(geometry, BBOX(-1.68, 48.1, -1.64, 48.14))"
    operands = ["geometry", rng.choice(GEOMETRIES)]
    if rng.random() < 0.2:
        operands.reverse()
    return f"{rng.choice(PLACES)}({', '.join(operands)})"


def lists(rng):
    chosen = ", ".join(f"'{name}'" for name in rng.sample(OBJECTS, 2))
    return f"{rng.choice(['a_equals', 'a_contains', 'A_CONTAINEDBY', 'A_Overlaps'])}(wayside:objects, ({chosen}))"


def known(rng):
    name = rng.choice(list(NUMBERS) + list(TEXTS))
    return f"{name} IS {rng.choice(['', 'NOT '])}NULL"


def ranges(rng):
    name, value = number(rng)
    return f"{name} {rng.choice(['', 'NOT '])}BETWEEN {value} AND {value + rng.choice([0, 10, 100.5])}"


def members(rng):
    if rng.random() < 0.5:
        name = rng.choice(list(NUMBERS))
        chosen = ", ".join(str(value) for value in NUMBERS[name][:2])
    else:
        name = rng.choice(list(TEXTS))
        chosen = ", ".join(f"'{value}'" for value in TEXTS[name][:2])
    return f"{name} {rng.choice(['', 'NOT '])}IN ({chosen})"


def sums(rng):
    name, value = number(rng)
    other, _ = number(rng)
    return rng.choice([
        f"{name} + 10 * 2 > {value}", f"({name} - 1) / 2 <= {value}", f"{name} / {other} > 1", f"{name} % 7 = 3",
        f"{name} div 10 = 4", f"{name} ^ 2 < 9000", f"-{name} < {value}", f"{name} < {other}"])
