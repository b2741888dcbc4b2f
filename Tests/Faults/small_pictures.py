"""Small JPEGs by the thousand, each with pixels, a place and a time of its own."""
import io
import random

from PIL import Image

from sample_pictures import drive, stamped


def pictures(number, seed):
    """(name, bytes), the same ones for the same seed."""
    for index, shot in enumerate(drive(number)):
        source = random.Random(f"{seed}/{index}")
        small = Image.frombytes("RGB", (40, 30), source.randbytes(40 * 30 * 3))
        written = io.BytesIO()
        small.resize((320, 240), Image.BICUBIC).save(written, "JPEG", quality=85)
        yield f"{100 + index // 100}/P{index:05}.jpg", stamped(written.getvalue(), shot, index)
