"""Camera cards to upload: folders of JPEGs made from the sample photographs that set-up fetched."""
from dataclasses import replace
from pathlib import Path

from sample_pictures import drive, stamped
from wayside_server import ROOT

SAMPLES = ROOT / ".deps/samples"
STREET = "e1.jpg"           # 1920 x 1080, a street, flat
LARGE_STREET = "b1.jpg"     # 4288 x 3216, flat
PANORAMA = "1.jpg"          # 5760 x 2880, equirectangular by its XMP


def photograph(name):
    """The bytes of one sample photograph."""
    return (SAMPLES / name).read_bytes()


def make_card(folder, number, photo=STREET, folders=("DCIM/100GOPRO",), **where):
    """Writes `number` pictures of a drive, dealt evenly over the folders; returns {path: Shot}.

    `where` goes to `sample_pictures.drive`: latitude, longitude, heading, step (metres), seconds, start.
    File names start again in every folder, as cameras do.
    """
    jpeg, shots = photograph(photo), {}
    per_folder = -(-number // len(folders))
    for index, shot in enumerate(drive(number, **where)):
        if photo == PANORAMA:
            shot = replace(shot, model="GoPro Max")
        path = Path(folder) / folders[index // per_folder] / f"G{index % per_folder + 1:07d}.JPG"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(stamped(jpeg, shot, index))
        shots[path] = shot
    return shots
