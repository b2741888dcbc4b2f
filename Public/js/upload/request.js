// One request with a file in it, and what its answer means.

import { decoded } from '../api.js';

/** Milliseconds without a byte after which a link counts as dead: a computer that slept does not know it otherwise. */
const silence = 90_000;

/**
 * Sends `body`. Resolves to { status, header(name), text }; a status of 0 means that no answer came, −1 that it was stopped.
 * `onProgress(bytes)` is told how much went through.
 */
export function request(method, address, { headers = {}, body = null, onProgress = () => {}, signal }) {
    return new Promise((resolve) => {
        const asked = new XMLHttpRequest();
        let timer;
        const watch = () => { clearTimeout(timer); timer = setTimeout(() => { asked.abort(); }, silence); };
        const stop = () => asked.abort();
        const end = (status) => {
            clearTimeout(timer);
            signal.removeEventListener('abort', stop);
            resolve({ status, text: status > 0 ? asked.responseText : '', header: (name) => asked.getResponseHeader(name) });
        };
        asked.open(method, address);
        asked.setRequestHeader('Accept', 'application/json');
        for (const [name, value] of Object.entries(headers)) asked.setRequestHeader(name, value);
        asked.upload.addEventListener('progress', (event) => { watch(); onProgress(event.loaded); });
        asked.upload.addEventListener('load', watch);
        asked.addEventListener('load', () => end(asked.status));
        asked.addEventListener('error', () => end(0));
        asked.addEventListener('abort', () => end(signal.aborted ? -1 : 0));
        signal.addEventListener('abort', stop);
        if (signal.aborted) { end(-1); return; }
        watch();
        asked.send(body);
    });
}

/**
 * Outcomes: { kind: 'arrived' | 'known' | 'refused' | 'again' | 'signedOut' | 'failed' | 'unreadable' | 'stopped', … }.
 * `again` is worth another try after a while.
 */
export async function outcomeOf({ status, text, header }, file) {
    if (status === -1) return { kind: 'stopped' };
    if (status === 0) return await isReadable(file) ? { kind: 'again', status } : { kind: 'unreadable' };
    const body = decoded(text);
    if (status >= 200 && status < 300) return body?.rejected ? refusal(body.rejected) : { kind: 'arrived' };
    if (status === 409) return { kind: 'known' };
    if (status === 401) return { kind: 'signedOut' };
    if (status === 408 || status === 429 || status >= 500) return { kind: 'again', status, wait: Number(header('Retry-After')) || 0 };
    if (body?.rejected) return refusal(body.rejected);
    // Said of the upload set or the account, not of this file.
    if (status === 403 || status === 404) return { kind: 'failed', status };
    return { kind: 'refused', status, reason: body?.details?.reason ?? body?.code, message: body?.message };
}

const refusal = (rejected) => ({ kind: 'refused', reason: rejected.reason, message: rejected.message, details: rejected.details });

/** A card that was pulled out makes a request fail just like a dead link does. */
export async function isReadable(file) {
    try {
        await file.slice(0, 1).arrayBuffer();
        return true;
    } catch {
        return false;
    }
}
