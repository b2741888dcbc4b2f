// Sends one file once and tells what came of it: a small one in one request, a larger one so that a cut costs little.

import { request, outcomeOf } from './request.js';
import { sendInParts } from './parts.js';

/** Bytes; what is smaller is sent again faster than it is asked how much of it arrived. */
const smallest = 2 * 2 ** 20;

/** Outcomes as in request.js. */
export async function send(setID, record, file, { onProgress, signal }) {
    if (file.size > smallest) return sendInParts(setID, record, file, { onProgress, signal });
    const form = new FormData();
    form.append('path', record.path); // before the file, so that the server knows the path when the bytes come
    form.append('file', file, record.path);
    const answer = await request('POST', `/api/upload_sets/${setID}/files`, {
        body: form, signal, onProgress: (sent) => onProgress(Math.min(file.size, sent)),
    });
    return outcomeOf(answer, file);
}
