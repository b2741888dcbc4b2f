"""A known face and a known plate, in a flat picture and in a panorama: hidden in every file, whatever the client claims."""
import io
import json

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageStat

from cards import LARGE_STREET, PANORAMA, photograph
from sample_pictures import drive, stamped
from wayside_server import ROOT

FACE = (168, 52, 280, 190)          # of the portrait: hair to chin
MARK = b"WAYSIDE-TRAILING-MARK"
BOUNDARY = "wayside-redaction-test"


def street(name):
    """A street with a face and a plate in it, where they are, and the file as the camera would write it."""
    picture = Image.open(io.BytesIO(photograph(name))).convert("RGB")
    middle = picture.height // 2
    portrait = Image.open(ROOT / ".deps/portrait/astronaut.ppm").crop((100, 0, 360, 300))
    face_at = (picture.width // 3, middle)
    picture.paste(portrait, face_at)
    face = tuple(offset + start for offset, start in zip(
        face_at * 2, (FACE[0] - 100, FACE[1], FACE[2] - 100, FACE[3])))
    plate = draw_plate(picture, picture.width * 5 // 8, middle + picture.height // 9)
    file = io.BytesIO()
    # XMP says that a panorama is one.
    xmp = Image.open(io.BytesIO(photograph(name))).info.get("xmp")
    picture.save(file, "JPEG", quality=93, subsampling="4:2:0", **({"xmp": xmp} if xmp else {}))
    shot = next(drive(1))
    return stamped(file.getvalue(), shot, name) + MARK, face, plate


def draw_plate(picture, left, top):
    """A plate of the European kind, 60 pixels wide, on the back of a dark car; the box of its letters."""
    car = Image.new("RGB", (860, 460), (40, 50, 70))
    draw = ImageDraw.Draw(car)
    draw.rectangle((200, 260, 520, 324), fill=(238, 238, 238), outline=(40, 40, 40), width=3)
    draw.rectangle((203, 263, 224, 321), fill=(10, 60, 160))
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf", 44)
    letters = draw.textbbox((234, 265), "AB-123-CD", font=font)
    draw.text((234, 265), "AB-123-CD", font=font, fill=(20, 20, 20))
    scale = 60 / 320
    picture.paste(car.resize((round(860 * scale), round(460 * scale)), Image.Resampling.LANCZOS), (left, top))
    return tuple(start + value * scale for start, value in zip((left, top) * 2, letters))


def send(server, token, file):
    made = server.request("POST", "/api/upload_sets", token, {"title": "a street", "estimated_nb_files": 1}).json
    parts = [
        b'Content-Disposition: form-data; name="isBlurred"\r\n\r\ntrue',
        b'Content-Disposition: form-data; name="file"; filename="street.jpg"\r\nContent-Type: image/jpeg\r\n\r\n' + file]
    body = b"".join(f"--{BOUNDARY}\r\n".encode() + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()
    sent = server.request(
        "POST", f"/api/upload_sets/{made['id']}/files", token, body,
        {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})
    assert sent.status == 202, sent.body
    return server.wait_until_prepared(token, 1)[0]


def detail(picture, box):
    """How much the brightness changes from pixel to pixel within a box."""
    grey = picture.convert("L").crop(tuple(map(round, box)))
    return ImageStat.Stat(grey.filter(ImageFilter.FIND_EDGES)).mean[0]


def scaled(box, factor):
    return tuple(value * factor for value in box)


@pytest.mark.parametrize("name", [LARGE_STREET, PANORAMA])
def test_a_face_and_a_plate_are_gone_from_every_file_and_from_the_disk(server, name):
    server.create_label("CAM")
    server.create_account("driver", "field")
    server.grant("CAM", "driver")
    token = server.create_token("driver")
    file, *boxes = street(name)
    item = send(server, token, file)
    before = Image.open(io.BytesIO(file)).convert("RGB")

    files = {key: server.get(asset["href"], token).body for key, asset in item["assets"].items()}
    assert {"hd", "sd", "thumb"} <= files.keys()
    shown = {key: Image.open(io.BytesIO(body)) for key, body in files.items()}
    is_panorama = name == PANORAMA
    for box in boxes:
        assert detail(before, box) > 20
        assert detail(shown["hd"], box) < detail(before, box) / 2, box
        # Of the smaller ones, that they were made of what is hidden. (The thumb of a panorama is a part of it.)
        for key in ("sd",) if is_panorama else ("sd", "thumb"):
            redacted = shown["hd"].convert("L").resize(shown[key].size, Image.Resampling.BOX)
            spot = tuple(map(round, scaled(box, shown[key].width / before.width)))
            difference = ImageChops.difference(redacted.crop(spot), shown[key].convert("L").crop(spot))
            assert ImageStat.Stat(difference).mean[0] < 12, (key, box)
    if is_panorama:
        (matrices,) = item["properties"]["tiles:tile_matrix_sets"].values()
        side = matrices["tileMatrix"][-1]["tileWidth"]
        for box in boxes:
            column, row = int(box[0] // side), int(box[1] // side)
            answer = server.get(f"/api/pictures/{item['id']}/tiled/{column}_{row}.jpg", token)
            tile = Image.open(io.BytesIO(answer.body))
            part = (
                box[0] - column * side, box[1] - row * side,
                min(box[2] - column * side, side), min(box[3] - row * side, side))
            original = before.crop((column * side, row * side, (column + 1) * side, (row + 1) * side))
            assert detail(tile, part) < detail(original, part) / 2, box

    # What was not hidden is the camera's, to the bit.
    hidden = server.get(f"/api/pictures/{item['id']}/redactions", token).json["redactions"]
    difference = ImageChops.difference(before, shown["hd"].convert("RGB"))
    clear = ImageDraw.Draw(difference)
    for entry in hidden:
        left, top, width, height = entry["bbox"]
        # Sixteen pixels to the edge of a block, and what a decoder smooths into the next.
        clear.rectangle((left - 32, top - 32, left + width + 32, top + height + 32), fill=0)
    assert difference.getbbox() is None
    assert len(hidden) < 12, json.dumps(hidden)

    # No preview, nothing behind the picture, and nothing of the received file on the disk.
    assert MARK not in files["hd"]
    assert len(files["hd"].split(b"\xff\xd8\xff")) == 2
    server.wait_until(lambda: not list((server.data / "staging").iterdir()), "the received file is gone")
    everything = [path for path in server.data.rglob("*") if path.is_file()]
    assert not [path for path in everything if MARK in path.read_bytes()]
