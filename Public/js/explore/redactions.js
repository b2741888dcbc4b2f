// What is hidden in a picture, as the API tells of it, and changing it.

import { call, CallFailed, decoded, pause } from '../api.js';

const root = (id) => `/api/pictures/${id}/redactions`;

/** What is hidden, and whether all of it shows yet: the API's document. Throws `CallFailed`. */
export function redactionsOf(id) { return call(root(id)); }

/** Hides a shape of `draw/drawing.js`. */
export function hide(id, { points }) { return call(root(id), { method: 'POST', body: { polygon: points } }); }

/** Shows something again; throws `CallFailed` with `details.reason` `original_needed` where that takes the original. */
export function show(id, redaction) { return call(`${root(id)}/${redaction}`, { method: 'DELETE' }); }

/** Shows something again from the original, which is sent once more. */
export async function showFrom(id, redaction, file) {
    const response = await fetch(`${root(id)}/${redaction}/removal`, {
        method: 'POST', credentials: 'same-origin', body: file,
        headers: { Accept: 'application/json', 'Content-Type': 'image/jpeg' },
    }).catch((error) => { throw new CallFailed(0, String(error.message ?? error)); });
    const answer = decoded(await response.text().catch(() => ''));
    if (!response.ok) throw new CallFailed(response.status, answer?.message ?? response.statusText, answer);
    return answer;
}

/** Waits until the picture is made anew; its document then. Throws `CallFailed` when it was given up. */
export async function untilDone(id, signal) {
    while (!signal.aborted) {
        const list = await redactionsOf(id);
        if (list.is_done) return list;
        if (list.status === 'broken') throw new CallFailed(0, 'broken');
        await pause(400, signal);
    }
    return null;
}

/** The outline of a redaction, in pixels of the picture. */
export function outlineOf({ polygon, bbox }) {
    if (polygon) return polygon;
    const [x, y, width, height] = bbox;
    return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
}
