// The few EXIF tags that tell before an upload whether the camera was set up well (CIPA DC-008, TIFF 6.0).

/** How much of a file is read: the tags come before the picture, embedded thumbnails after them. */
const headLength = 262_144;
const tag = { make: 0x010f, model: 0x0110, exif: 0x8769, gps: 0x8825, taken: 0x9003, serial: 0xa431, latitude: 2, longitude: 4 };

/**
 * What the tags of a JPEG file say: `hasPlace`, `taken` (a Date whose UTC fields are the camera's clock, or null),
 * `camera`, `serial`. Null for a file that is none or has no tags at all.
 */
export async function readTags(file) {
    const bytes = new DataView(await file.slice(0, headLength).arrayBuffer());
    try {
        const start = tiffStart(bytes);
        return start === null ? null : tagsAt(bytes, start);
    } catch (error) {
        if (error instanceof RangeError) return null; // cut off, or nonsense
        throw error;
    }
}

/** Where the TIFF header of the APP1 segment begins, or null. */
function tiffStart(bytes) {
    if (bytes.getUint16(0) !== 0xffd8) return null;
    let at = 2;
    while (bytes.getUint8(at) === 0xff) {
        const marker = bytes.getUint8(at + 1);
        if (marker === 0xda) return null;
        if (marker === 0xe1 && bytes.getUint32(at + 4) === 0x45786966) return at + 10;
        at += 2 + bytes.getUint16(at + 2);
    }
    return null;
}

function tagsAt(bytes, start) {
    const isLittle = bytes.getUint16(start) === 0x4949;
    const reader = { bytes, start, isLittle };
    const main = directory(reader, bytes.getUint32(start + 4, isLittle));
    const exif = directory(reader, number(reader, main.get(tag.exif)));
    const gps = directory(reader, number(reader, main.get(tag.gps)));
    return {
        hasPlace: gps.has(tag.latitude) && gps.has(tag.longitude),
        taken: clock(text(reader, exif.get(tag.taken))),
        camera: [text(reader, main.get(tag.make)), text(reader, main.get(tag.model))].filter(Boolean).join(' '),
        serial: text(reader, exif.get(tag.serial)),
    };
}

/** Places of entries by tag; none for an offset of 0. */
function directory({ bytes, start, isLittle }, offset) {
    const entries = new Map();
    if (!offset) return entries;
    const count = Math.min(bytes.getUint16(start + offset, isLittle), 500);
    for (let index = 0; index < count; index += 1) {
        const at = start + offset + 2 + index * 12;
        entries.set(bytes.getUint16(at, isLittle), at);
    }
    return entries;
}

function number({ bytes, isLittle }, at) { return at === undefined ? 0 : bytes.getUint32(at + 8, isLittle); }

function text({ bytes, start, isLittle }, at) {
    if (at === undefined) return '';
    const length = Math.min(bytes.getUint32(at + 4, isLittle), 200);
    const place = length <= 4 ? at + 8 : start + bytes.getUint32(at + 8, isLittle);
    let result = '';
    for (let index = 0; index < length; index += 1) {
        const code = bytes.getUint8(place + index);
        if (code === 0) break;
        result += String.fromCharCode(code);
    }
    return result.trim();
}

/** “2026:11:21 09:00:00” as a Date. */
function clock(value) {
    const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(value);
    if (!parts) return null;
    const [year, month, ...rest] = parts.slice(1).map(Number);
    const time = new Date(Date.UTC(year, month - 1, ...rest));
    return Number.isNaN(time.getTime()) ? null : time;
}
