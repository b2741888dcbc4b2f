// The address of what is shown, in the URL's fragment: pic, map=zoom/lat/lon, xyz=x/y/zoom, focus, and the map's filters.

import { only } from './filters.js';

/** Reads the fragment: { pic, focus, map: {zoom, latitude, longitude}, xyz: {x, y, z}, filters }, each but the last possibly absent. */
export function readPermalink(hash = window.location.hash) {
    const fields = new URLSearchParams(hash.replace(/^#/, ''));
    const view = {};
    const picture = fields.get('pic');
    if (/^[0-9a-f-]{36}$/i.test(picture ?? '')) view.pic = picture.toLowerCase();
    if (['pic', 'map', 'both'].includes(fields.get('focus'))) view.focus = fields.get('focus');
    const map = numbers(fields.get('map'), 3);
    if (map) view.map = { zoom: map[0], latitude: map[1], longitude: map[2] };
    const xyz = numbers(fields.get('xyz'), 3);
    if (xyz) view.xyz = { x: xyz[0], y: xyz[1], z: xyz[2] };
    view.filters = only(Object.fromEntries(fields));
    return view;
}

/** Writes the fragment without adding to the history. */
export function writePermalink({ pic, focus, map, xyz, filters }) {
    const parts = [];
    if (focus) parts.push(`focus=${focus}`);
    if (map) parts.push(`map=${map.zoom.toFixed(2)}/${map.latitude.toFixed(6)}/${map.longitude.toFixed(6)}`);
    if (pic) parts.push(`pic=${pic}`);
    if (pic && xyz) parts.push(`xyz=${xyz.x.toFixed(2)}/${xyz.y.toFixed(2)}/${xyz.z.toFixed(2)}`);
    for (const [key, value] of Object.entries(filters)) parts.push(`${key}=${encodeURIComponent(value)}`);
    const hash = `#${parts.join('&')}`;
    if (hash !== window.location.hash) history.replaceState(history.state, '', hash);
}

function numbers(text, count) {
    const values = (text ?? '').split('/').map(Number);
    return values.length === count && values.every(Number.isFinite) ? values : null;
}
