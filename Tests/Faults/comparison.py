"""What is in the bucket, in the catalogue and on the disk in the end, beside what was sent."""
import collections
import hashlib
import json

from bucket import OWNER
from small_pictures import pictures

COPIES, PROBES = "copies", ".wayside-check/"     # the bucket that a route sends to; where a place is tried


def compare(run):
    """Says what became of everything, and notes what is wrong."""
    number = run.options.pictures
    rows = run.catalogue("SELECT id, status, revision, original_sha256, derivatives FROM pictures")
    statuses = collections.Counter(row[1] for row in rows)
    expected = {}
    for picture, _, revision, _, derivatives in rows:
        for name, sha256 in hashes(derivatives).items():
            expected[f"{folder_of(picture)}/{revision}/{name}.jpg"] = sha256
    found = run.bucket.objects()
    owner = found.pop(OWNER, None)
    if run.options.kills:
        # What a killed server was trying its bucket with is removed after a day.
        found = {path: sha256 for path, sha256 in found.items() if not path.startswith(PROBES)}
    missing, surplus = expected.keys() - found.keys(), found.keys() - expected.keys()
    wrong = [path for path in expected.keys() & found.keys() if expected[path] != found[path]]
    originals = {row[3] for row in rows}
    sent = {hashlib.sha256(data).hexdigest() for _, data in pictures(number, run.options.seed)}
    lost, doubled = len(sent - originals), len(rows) - len(originals)
    print(f"pictures: {len(rows)} of {number}, {dict(statuses)}; {lost} lost, {doubled} doubled; "
          f"{max(row[2] for row in rows)} revision")
    print(f"objects: {len(found)} of {len(expected)}; {len(missing)} missing, {len(surplus)} surplus, "
          f"{len(wrong)} with other bytes; {run.bucket.unfinished()} unfinished uploads")
    compare_copies(run, rows)
    print(f"waiting: {run.staged()} received files, {run.waiting('jobs')} jobs, {run.waiting('outbox')} in the outbox")
    for what, paths in (("missing", missing), ("surplus", surplus), ("other bytes", wrong)):
        for path in sorted(paths)[:5]:
            run.fault(f"{what}: {path}")
    if statuses != {"prepared": number} or lost or doubled or originals != sent:
        run.fault("not every picture was prepared once")
    if owner is None or run.bucket.unfinished():
        run.fault("the bucket is not tidy")


def compare_copies(run, rows):
    expected = {f"{row[0]}_{name}.jpg": hashes(row[4])[name] for row in rows for name in ("hd", "thumb")}
    found = {path: sha256 for path, sha256 in run.bucket.objects(COPIES).items() if not path.startswith(PROBES)}
    wrong = [name for name in expected.keys() & found.keys() if expected[name] != found[name]]
    missing, surplus = expected.keys() - found.keys(), found.keys() - expected.keys()
    print(f"copies by the route: {len(found)} of {len(expected)}; {len(missing)} missing, {len(surplus)} surplus, "
          f"{len(wrong)} with other bytes")
    if wrong or missing or surplus:
        run.fault(f"copies: {sorted(wrong)[:3]} {sorted(missing)[:3]} {sorted(surplus)[:3]}")


def hashes(derivatives):
    """SHA-256 by name, as the catalogue keeps them: `[name, width, height, size, sha256]` each."""
    return {known[0]: known[4] for known in json.loads(derivatives)}


def folder_of(picture):
    return f"pictures/{picture[:2]}/{picture[2:4]}/{picture}"
