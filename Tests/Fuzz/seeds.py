"""Whole pictures to be broken: every coding that cameras use, with tags in every place that is read."""
import struct

import cv2
import numpy

MARK = b"UNREDACTED-PREVIEW"
PREVIEW = b"\xff\xd8\xff\xdb" + MARK + b"\xff\xd9"


def segment(marker, payload):
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


class Tiff:
    """TIFF directories (TIFF 6.0, section 2): entries are (tag, type, count, bytes)."""

    def __init__(self, order):
        self.order = order

    def number(self, size, *values):
        return struct.pack(self.order + {1: "B", 2: "H", 4: "I"}[size] * len(values), *values)

    def text(self, tag, value):
        return tag, 2, len(value) + 1, value.encode() + b"\0"

    def short(self, tag, value):
        return tag, 3, 1, self.number(2, value)

    def long(self, tag, value):
        return tag, 4, 1, self.number(4, value)

    def rationals(self, tag, *pairs):
        return tag, 5, len(pairs), self.number(4, *(part for pair in pairs for part in pair))

    def blob(self, tag, value):
        return tag, 7, len(value), value

    def directory(self, entries, at, following=0):
        head, tail = self.number(2, len(entries)), b""
        beyond = at + 2 + 12 * len(entries) + 4
        for tag, kind, count, value in sorted(entries, key=lambda entry: entry[0]):
            head += self.number(2, tag, kind) + self.number(4, count)
            if len(value) <= 4:
                head += value.ljust(4, b"\0")
            else:
                head += self.number(4, beyond + len(tail))
                tail += value + b"\0" * (len(value) % 2)
        return head + self.number(4, following) + tail

    def block(self, image, photo, gps, thumbnail):
        """Header, Exif and GPS directories, IFD0, and IFD1 with a thumbnail."""
        at = 8
        photo_at, part = at, self.directory(photo, at)
        at, body = at + len(part), part
        gps_at, part = at, self.directory(gps, at)
        at, body = at + len(part), body + part
        image = image + [self.long(0x8769, photo_at), self.long(0x8825, gps_at)]
        root_at, length = at, len(self.directory(image, at))
        body += self.directory(image, root_at, root_at + length)
        at = root_at + length
        entries = [self.short(0x103, 6), self.long(0x201, 0), self.long(0x202, len(thumbnail))]
        entries[1] = self.long(0x201, at + len(self.directory(entries, at)))
        body += self.directory(entries, at) + thumbnail
        mark = b"II" if self.order == "<" else b"MM"
        return mark + self.number(2, 42) + self.number(4, root_at) + body


MAKERS = [b"Nikon\0\x02\x10\0\0", b"Panasonic\0\0\0", b"OLYMP\0\x01\0", b"FUJIFILM\x0c\0\0\0", b"SONY DSC \0\0\0", b"DJI\0", b"GoPro\0"]


def exif(order, maker=0, orientation=1, gps=None, photo=()):
    tiff = Tiff(order)
    image = [
        tiff.text(0x10F, ["NIKON", "Panasonic", "OLYMPUS", "FUJIFILM", "SONY", "DJI", "GoPro"][maker]),
        tiff.text(0x110, "Camera"), tiff.short(0x112, orientation), tiff.rationals(0x11A, (72, 1)),
        tiff.text(0x132, "2024:06:01 14:00:00"),
    ]
    taken = [
        tiff.text(0x9003, "2024:06:01 14:00:00"), tiff.text(0x9291, "123"), tiff.text(0x9011, "+02:00"),
        tiff.rationals(0x829D, (14, 5)), tiff.rationals(0x920A, (24, 1)), tiff.blob(0x9286, b"UNICODE\0A\0B\0"),
        tiff.blob(0x927C, MAKERS[maker] + tiff.directory([tiff.short(1, 2), tiff.blob(0x2001, PREVIEW)], 12)),
        tiff.text(0xA431, "SERIAL"), tiff.long(0xA005, 8),
    ] + list(photo)
    place = gps if gps is not None else [
        tiff.text(1, "N"), tiff.rationals(2, (48, 1), (51, 1), (30, 1)), tiff.text(3, "E"),
        tiff.rationals(4, (2, 1), (21, 1), (18, 1)), tiff.rationals(6, (35, 1)),
        tiff.rationals(7, (12, 1), (0, 1), (3, 1)), tiff.rationals(17, (90, 1)), tiff.text(29, "2024:06:01"),
    ]
    return b"Exif\0\0" + tiff.block(image, taken, place, PREVIEW)


def packet(attributes="", inner="", head=""):
    return (
        f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{head}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" xmlns:exif="http://ns.adobe.com/exif/1.0/" '
        f'xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:Camera="http://pix4d.com/camera/1.0" {attributes}>{inner}'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>').encode()


def xmp(body):
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + body[:65_000])


PANORAMA = (
    'GPano:ProjectionType="equirectangular" GPano:FullPanoWidthPixels="512" GPano:FullPanoHeightPixels="256" '
    'GPano:CroppedAreaImageWidthPixels="512" GPano:CroppedAreaImageHeightPixels="256" GPano:CroppedAreaLeftPixels="0" '
    'GPano:CroppedAreaTopPixels="0" GPano:PoseHeadingDegrees="12.5"')


def multi_picture(order="<", count=2):
    """An MPF directory (CIPA DC-007) of `count` pictures."""
    tiff = Tiff(order)
    entries = [tiff.blob(0xB000, b"0100"), tiff.long(0xB001, count), tiff.blob(0xB002, b"\0" * 16 * min(count, 64))]
    return segment(0xE2, b"MPF\0" + (b"II" if order == "<" else b"MM") + tiff.number(2, 42) + tiff.number(4, 8)
                   + tiff.directory(entries, 8))


def icc(number=1, total=1, size=500):
    return segment(0xE2, b"ICC_PROFILE\0" + bytes([number, total]) + bytes(index & 255 for index in range(size)))


def coded(width=256, height=192, sampling=None, progressive=False, restart=0, grey=False, quality=88):
    rows, columns = numpy.mgrid[0:height, 0:width]
    grain = (columns * 7919 + rows * 104_729) >> 3 & 31
    planes = [(columns + rows) & 127, (columns ^ rows) & 127, rows * 3 & 127]
    picture = numpy.dstack([(plane + grain + 40).astype(numpy.uint8) for plane in planes])
    if grey:
        picture = picture[:, :, 0]
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_PROGRESSIVE, int(progressive),
               cv2.IMWRITE_JPEG_RST_INTERVAL, restart]
    if sampling:
        options += [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling]
    return cv2.imencode(".jpg", picture, options)[1].tobytes()


def tagged(picture, *segments):
    return picture[:2] + b"".join(segments) + picture[2:]


def all_seeds():
    """Name and bytes of each."""
    film = b"\0\0\0\x18ftypmp42" + MARK
    plain = segment(0xE1, exif("<"))
    return {
        "4:2:0": tagged(coded(sampling=0x221111), plain),
        "4:2:2": tagged(coded(sampling=0x211111), segment(0xE1, exif(">", 1, 6))),
        "4:4:4": tagged(coded(sampling=0x111111), segment(0xE1, exif("<", 2, 3)), xmp(packet('tiff:Make="x"'))),
        "grey": tagged(coded(grey=True), segment(0xE1, exif(">", 3))),
        "progressive": tagged(coded(progressive=True, sampling=0x221111), segment(0xE1, exif("<", 4, 8)), icc()),
        "progressive 4:4:4": tagged(coded(progressive=True, sampling=0x111111), segment(0xE1, exif(">", 5))),
        "restart": tagged(coded(restart=2, sampling=0x221111), segment(0xE1, exif("<", 6)), multi_picture()) + PREVIEW,
        "restart progressive": tagged(coded(restart=3, progressive=True), segment(0xE1, exif(">"))) + film,
        "panorama": tagged(coded(512, 256, 0x221111), plain, xmp(packet(PANORAMA)), multi_picture(">")),
        "odd": tagged(coded(97, 61, 0x221111), segment(0xE1, exif("<", 0, 5)), segment(0xFE, b"a comment")),
    }
