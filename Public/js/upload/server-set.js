// An upload set as the server knows it.

import { call } from '../api.js';

const batch = 500;

/** Makes a set for a camera label; gives its id. */
export async function createSet({ title, label, count, bytes }) {
    const set = await call('/api/upload_sets', {
        method: 'POST',
        body: { title, camera_label: label, estimated_nb_files: count, hold_unplaced: true, metadata: { source: 'website', bytes } },
    });
    return set.id;
}

export const readSet = (id) => call(`/api/upload_sets/${id}`);

export const completeSet = (id) => call(`/api/upload_sets/${id}/complete`, { method: 'POST' });

/**
 * What is there already: `files`, path → file, of those records whose path and size the set has; `pictures`, those of the
 * `digests` that are a picture somewhere.
 */
export async function knownFiles(id, records, digests = []) {
    const files = new Map();
    const pictures = new Set();
    for (let at = 0; at < records.length; at += batch) {
        const asked = records.slice(at, at + batch).map(({ path, size }) => ({ path, size }));
        const answer = await call(`/api/upload_sets/${id}/known_files`, {
            method: 'POST', body: { files: asked, sha256: digests.slice(at, at + batch) },
        });
        for (const file of answer.files ?? []) files.set(file.file_name, file);
        for (const digest of Object.keys(answer.pictures ?? {})) pictures.add(digest);
    }
    return { files, pictures };
}

/** Every file of the set that did not become a picture. */
export async function rejectedFiles(id) {
    const rejected = [];
    let address = `/api/upload_sets/${id}/files`;
    while (address) {
        const answer = await call(address);
        rejected.push(...answer.files.filter((file) => file.rejected));
        const next = answer.links?.find(({ rel }) => rel === 'next');
        address = next ? new URL(next.href).pathname + new URL(next.href).search : null;
    }
    return rejected;
}

/** Nothing more will happen to the set by itself. */
export function isSettled(set) {
    const { preparing = 0, not_processed: waiting = 0 } = set.items_status ?? {};
    return Boolean(set.completed && set.dispatched && preparing === 0 && waiting === 0);
}

/** Pictures of the set that are counted in `items_status`, as { ready, broken, rejected, pending, all }. */
export function progressOf(set) {
    const { prepared = 0, preparing = 0, broken = 0, rejected = 0, not_processed: waiting = 0 } = set.items_status ?? {};
    const pending = preparing + waiting;
    return { ready: prepared, broken, rejected, pending, all: prepared + broken + pending };
}
