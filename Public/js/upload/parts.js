// A file in parts (tus 1.0.0): after a cut it goes on at the byte that the server has, also after a reload.

import { request, outcomeOf } from './request.js';

const part = 16 * 2 ** 20; // bytes; proxies refuse larger bodies sooner
/** After a cut the server may still be busy with what came before, and refuse the next part: then little was sent in vain. */
const careful = 2 ** 18;
const tus = { 'Tus-Resumable': '1.0.0' };

/** Outcomes as in request.js. */
export async function sendInParts(setID, record, file, { onProgress, signal }) {
    const memory = new Memory(`${setID}/${record.sha256}/${record.path}`);
    for (let turn = 0; turn < 3; turn += 1) {
        const begun = await place(setID, record, file, memory, signal);
        if (begun.outcome) return begun.outcome;
        const { outcome, isGone } = await goOn(begun, file, { onProgress, signal });
        if (outcome && outcome.kind !== 'again' && outcome.kind !== 'signedOut' && outcome.kind !== 'stopped') memory.forget();
        if (!isGone) return outcome;
        memory.forget(); // its time on the server is over: once more from the start
    }
    return { kind: 'again', status: 410 };
}

/** Where the parts go, and how much is there: { address, offset } or { outcome }. */
async function place(setID, record, file, memory, signal) {
    const known = memory.address;
    if (known) {
        const answer = await request('GET', known, { headers: tus, signal });
        const offset = Number(answer.header('Upload-Offset'));
        if (answer.status === 200) return { address: known, offset, end: ended(answer) };
        if (![404, 410].includes(answer.status)) return { outcome: await outcomeOf(answer, file) };
        memory.forget();
    }
    const said = { path: record.path, upload_set: setID, ...(record.sha256 ? { sha256: record.sha256 } : {}) };
    const metadata = Object.entries(said).map(([name, value]) => `${name} ${base64(value)}`).join(',');
    const answer = await request('POST', '/api/uploads', {
        headers: { ...tus, 'Upload-Length': String(file.size), 'Upload-Metadata': metadata }, signal,
    });
    if (answer.status !== 201) return { outcome: await outcomeOf(answer, file) };
    const address = new URL(answer.header('Location'), window.location.href).pathname;
    memory.keep(address);
    return { address, offset: 0 };
}

/** Sends the rest; { outcome } or { isGone }. */
async function goOn({ address, offset, end }, file, { onProgress, signal }) {
    let at = offset;
    let most = offset > 0 ? careful : part;
    if (end) return { outcome: end };
    while (at < file.size) {
        const from = at;
        onProgress(from);
        const answer = await request('PATCH', address, {
            headers: { ...tus, 'Upload-Offset': String(from), 'Content-Type': 'application/offset+octet-stream' },
            body: file.slice(from, from + most), signal, onProgress: (sent) => onProgress(Math.min(file.size, from + sent)),
        });
        if (answer.status === 410 || answer.status === 404) return { isGone: true };
        // A request of ours that was cut may still be at it: the next try asks how far it came.
        if (answer.status === 409) return { outcome: { kind: 'again', status: 409 } };
        if (answer.status !== 204) return { outcome: await outcomeOf(answer, file) };
        at = Number(answer.header('Upload-Offset'));
        const last = ended(answer);
        if (last) return { outcome: last };
        most = Math.min(part, most * 4);
        if (!(at > from)) return { outcome: { kind: 'again', status: 500 } };
    }
    return { outcome: { kind: 'arrived' } };
}

/** What became of a file that is whole. */
function ended(answer) {
    const outcome = answer.header('Wayside-Outcome');
    if (outcome === 'admitted') return { kind: 'arrived' };
    return outcome === 'duplicate' ? { kind: 'known' } : null;
}

function base64(text) {
    return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** Where an unfinished file goes on, beyond a reload; a browser that keeps nothing sends the file from its start. */
class Memory {
    constructor(name) { this.name = `wayside-part/${name}`; }

    get address() {
        try { return localStorage.getItem(this.name); } catch { return null; }
    }

    keep(address) {
        try { localStorage.setItem(this.name, address); } catch { /* it is a convenience */ }
    }

    forget() {
        try { localStorage.removeItem(this.name); } catch { /* as above */ }
    }
}
