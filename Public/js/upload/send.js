// Sends one file once and tells what came of it.

import { decoded } from '../api.js';

/** Nothing for ten minutes is a dead link. */
const longest = 600_000;

/**
 * Outcomes: { kind: 'arrived' | 'known' | 'refused' | 'again' | 'signedOut' | 'unreadable' | 'stopped', reason?, message?, status? }.
 * `again` is worth another try after a while.
 */
export function send(address, path, file, { onProgress, signal }) {
    return new Promise((resolve) => {
        const form = new FormData();
        form.append('path', path); // before the file, so that the server knows the path when the bytes come
        form.append('file', file, path);
        const request = new XMLHttpRequest();
        const stop = () => request.abort();
        const end = (outcome) => {
            signal.removeEventListener('abort', stop);
            resolve(outcome);
        };
        request.open('POST', address);
        request.timeout = longest;
        request.setRequestHeader('Accept', 'application/json');
        request.upload.addEventListener('progress', (event) => onProgress(Math.min(file.size, event.loaded)));
        request.addEventListener('load', () => end(outcomeOf(request)));
        request.addEventListener('error', async () => end(await isReadable(file) ? { kind: 'again', status: 0 } : { kind: 'unreadable' }));
        request.addEventListener('timeout', () => end({ kind: 'again', status: 0 }));
        request.addEventListener('abort', () => end({ kind: 'stopped' }));
        signal.addEventListener('abort', stop);
        if (signal.aborted) { end({ kind: 'stopped' }); return; }
        request.send(form);
    });
}

function outcomeOf(request) {
    const { status } = request;
    const body = decoded(request.responseText);
    const wait = Number(request.getResponseHeader('Retry-After')) || 0;
    if (status >= 200 && status < 300) {
        if (body?.rejected) return refusal(body.rejected);
        return { kind: 'arrived' };
    }
    if (status === 409) return { kind: 'known' };
    if (status === 401) return { kind: 'signedOut' };
    if (status === 408 || status === 429 || status >= 500) return { kind: 'again', status, wait };
    if (body?.rejected) return refusal(body.rejected);
    return { kind: 'refused', status, reason: body?.details?.reason ?? body?.code, message: body?.message };
}

const refusal = (rejected) => ({ kind: 'refused', reason: rejected.reason, message: rejected.message, details: rejected.details });

/** A card that was pulled out makes a request fail just like a dead link does. */
async function isReadable(file) {
    try {
        await file.slice(0, 1).arrayBuffer();
        return true;
    } catch {
        return false;
    }
}
