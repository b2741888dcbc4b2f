// Pictures as the API tells of them, remembered for a moment so that stepping along a street is quick.

import { call } from '../api.js';

const remembered = new Map();
const limit = 60;
/** How often each was made anew while this page is open: images are asked for again by another address. */
const renewals = new Map();

/** What the viewer needs of a STAC item. */
function fromItem(item) {
    const properties = item.properties ?? {};
    const link = (rel) => item.links?.find((each) => each.rel === rel)?.id ?? null;
    const interior = properties['pers:interior_orientation'] ?? {};
    const size = interior.sensor_array_dimensions ?? [];
    const fieldOfView = interior.field_of_view ?? null;
    const again = renewals.has(item.id) ? `?renewal=${renewals.get(item.id)}` : '';
    return {
        id: item.id,
        sequence: item.collection,
        longitude: item.geometry?.coordinates?.[0],
        latitude: item.geometry?.coordinates?.[1],
        altitude: properties['wayside:altitude'] ?? null,
        heading: properties['view:azimuth'] ?? null,
        capturedAt: properties.datetimetz ?? properties.datetime,
        status: properties['geovisio:status'] ?? 'ready',
        isSphere: properties['wayside:type'] === 'equirectangular',
        fieldOfView,
        width: size[0] ?? null,
        height: size[1] ?? null,
        tiles: tileMatrix(properties),
        previous: link('prev'),
        next: link('next'),
        ways: ways(item),
        properties,
        providers: item.providers ?? [],
        urls: {
            hd: `/api/pictures/${item.id}/hd.jpg${again}`,
            sd: `/api/pictures/${item.id}/sd.jpg${again}`,
            thumb: `/api/pictures/${item.id}/thumb.jpg${again}`,
            tile: (column, row) => `/api/pictures/${item.id}/tiled/${column}_${row}.jpg${again}`,
        },
    };
}

/** Where one can go from here: the neighbours in the sequence, and other sequences at this place. */
function ways(item) {
    return (item.links ?? []).filter(({ rel, geometry }) => ['next', 'prev', 'related'].includes(rel) && geometry).map((way) => ({
        rel: way.rel, id: way.id, longitude: way.geometry.coordinates[0], latitude: way.geometry.coordinates[1],
        capturedAt: way.datetime ?? '', sequence: /collections\/([0-9a-f-]{36})/.exec(way.href)?.[1] ?? null,
    }));
}

/** Columns and rows of the tiles, or null for a picture without. */
function tileMatrix(properties) {
    const sets = properties['tiles:tile_matrix_sets'] ?? {};
    const matrix = Object.values(sets)[0]?.tileMatrix?.[0];
    return matrix ? { columns: matrix.matrixWidth, rows: matrix.matrixHeight } : null;
}

/** The picture, from memory or the server. Throws `CallFailed`. */
export function picture(id) {
    const known = remembered.get(id);
    if (known) {
        remembered.delete(id);
        remembered.set(id, known);
        return known;
    }
    const promise = call(`/api/pictures/${id}`).then(fromItem);
    remembered.set(id, promise);
    promise.catch(() => remembered.delete(id));
    if (remembered.size > limit) remembered.delete(remembered.keys().next().value);
    return promise;
}

/** Asks again next time. */
export function forget(id) { remembered.delete(id); }

/** Asks anew for every picture: what is next to what has changed. */
export function forgetAll() { remembered.clear(); }

/** The picture was made anew: everything of it is asked for again. */
export function renew(id) {
    renewals.set(id, (renewals.get(id) ?? 0) + 1);
    forget(id);
}

/** Fetches a picture and its screen-sized file ahead of need; failures do not matter. */
export function preload(id) {
    if (!id) return;
    picture(id).then((next) => {
        const image = new Image();
        image.src = next.urls.sd;
    }).catch(() => {});
}

/** The picture nearest to a place, at most `metres` away, among those the account may see; else null. */
export async function nearest(longitude, latitude, metres) {
    const dy = metres / 111_320;
    const dx = dy / Math.max(0.01, Math.cos(latitude * Math.PI / 180));
    const box = [longitude - dx, latitude - dy, longitude + dx, latitude + dy].map((value) => value.toFixed(7)).join(',');
    const found = await call(`/api/search?limit=100&bbox=${box}`);
    let best = null;
    for (const item of found.features ?? []) {
        const [x, y] = item.geometry.coordinates;
        const distance = Math.hypot((x - longitude) * dy / dx, y - latitude);
        if (!best || distance < best.distance) best = { id: item.id, distance };
    }
    return best?.id ?? null;
}

/** West, south, east, north of the newest sequence, or null when there is none. */
export async function newestExtent() {
    const found = await call('/api/collections?limit=1');
    return found.collections?.[0]?.extent?.spatial?.bbox?.[0] ?? null;
}
