// What lies on the card, as the server is told: its receipt is about every file, also those that are not sent.

import { call, pause } from '../api.js';

const batch = 1000;
/** Bytes; what is not sent is read for its digest up to here, since reading films would take longer than sending pictures. */
const mostRead = 64 * 2 ** 20;

/** Tells the server of all files of the card. `ask` repeats a call until it is answered. */
export async function listCard(setID, records, others, { ask, onProgress }) {
    const all = [...records.map(({ path, size }) => ({ path, size, kind: 'picture' })),
        ...others.map(({ path, size, kind }) => ({ path, size, kind }))];
    for (let at = 0; at < all.length; at += batch) {
        onProgress(at, all.length);
        await ask(() => tell(setID, all.slice(at, at + batch), at + batch >= all.length));
    }
}

/** Tells the digests of pictures that have been read. */
export const tellDigests = (setID, records) => tell(setID,
    records.map(({ path, size, sha256 }) => ({ path, size, kind: 'picture', sha256 })), false);

/** Tells which pictures cannot be read, though the card is there. */
export const tellUnreadable = (setID, records) => inBatches(records, (some) => tell(setID,
    some.map(({ path, size }) => ({ path, size, kind: 'unreadable' })), false));

/** Reads what was not sent, and tells the digests. A file that cannot be read has none. */
export async function readOthers(setID, others, hasher, ask) {
    const read = [];
    for (const other of others) {
        if (other.sha256 || other.size > mostRead) continue;
        other.sha256 = await other.file().then((file) => hasher.sha256(file)).catch(() => null);
        if (other.sha256) read.push(other);
        await pause(0);
    }
    await inBatches(read, (some) => ask(() => tell(setID,
        some.map(({ path, size, kind, sha256 }) => ({ path, size, kind, sha256 })), false)));
}

async function inBatches(files, send) {
    for (let at = 0; at < files.length; at += batch) await send(files.slice(at, at + batch));
}

function tell(setID, files, complete) {
    return call(`/api/upload_sets/${setID}/card`, { method: 'POST', body: { files, complete } });
}
