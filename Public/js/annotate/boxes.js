// The boxes of a scheme on pictures: what is known of each picture, and changes of it on their way to the server.

/** @typedef {{ id: string, value: string, ring: number[][] }} Box `ring` is not closed, in pixels of the picture. */

export class Boxes {
    /** `values` are those of the scheme's classes. */
    constructor(key, values, outbox) {
        this.key = key;
        this.values = values;
        this.outbox = outbox;
        /** @type {Map<string, Box[]>} */
        this.known = new Map();
    }

    /** Of a picture that was seen before, or as its item says. */
    of(picture) {
        const known = this.known.get(picture.id);
        if (known) return known;
        const found = (picture.properties.annotations ?? []).flatMap((annotation) =>
            annotation.semantics.filter(({ key, value }) => key === this.key && this.values.includes(value)).map(({ value }) => ({
                id: annotation.id, value, ring: annotation.shape.coordinates[0].slice(0, -1),
            })));
        this.known.set(picture.id, found);
        return found;
    }

    forget(picture) { this.known.delete(picture); }

    /** A new box of a picture that is known, or `box` once more. */
    add(picture, ring, value, box = {}) {
        Object.assign(box, { id: uuid(), value, ring });
        this.known.get(picture).push(box);
        this.outbox.add({
            method: 'POST', path: `/api/pictures/${picture}/annotations`, picture,
            body: {
                id: box.id, shape: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
                semantics: [{ key: this.key, value }],
            },
        });
        return box;
    }

    /** Takes its class away; the region goes with it where nothing else is said of it. */
    remove(picture, box) {
        this.known.set(picture, this.known.get(picture).filter((each) => each !== box));
        this.edit(picture, box, [{ action: 'delete', key: this.key, value: box.value }]);
    }

    /** Gives it another class. */
    change(picture, box, value) {
        this.edit(picture, box, [
            { action: 'add', key: this.key, value }, { action: 'delete', key: this.key, value: box.value },
        ]);
        box.value = value;
    }

    /** The server knew the same shape already, by another id. */
    saved({ picture, body }, answer) {
        const { id } = body;
        if (!id || !answer?.id || answer.id === id) return;
        for (const box of this.known.get(picture) ?? []) if (box.id === id) box.id = answer.id;
        for (const change of this.outbox.changes) change.path = change.path.replace(id, answer.id);
    }

    edit(picture, box, semantics) {
        this.outbox.add({ method: 'PATCH', path: `/api/annotations/${box.id}`, picture, body: { semantics } });
    }
}

/**
 * What is drawn as rings within the picture: one, or two where it lies over the seam of a panorama.
 * @returns {number[][][]}
 */
export function rings(points, { width, height }) {
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    const [top, bottom] = [Math.max(0, Math.min(...ys)), Math.min(height, Math.max(...ys))];
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const parts = right > width ? [[left, width], [0, Math.min(right - width, left)]] : [[Math.max(0, left), right]];
    return parts.filter(([from, to]) => to - from >= 1 && bottom - top >= 1)
        .map(([from, to]) => [[from, top], [to, top], [to, bottom], [from, bottom]]);
}

/** A random UUID; `crypto.randomUUID` is not there without HTTPS. */
function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const text = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
