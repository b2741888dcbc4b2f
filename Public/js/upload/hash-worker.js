// Hashes files off the page's own thread: { number, file } in, { number, sha256 } or { number, error } out.

import { SHA256 } from './sha256.js';

const whole = 64 * 2 ** 20; // bytes; larger files go piece by piece
const piece = 4 * 2 ** 20;

async function hash(file) {
    if (self.crypto?.subtle && file.size <= whole) {
        const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
        return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    }
    const sum = new SHA256();
    for (let at = 0; at < file.size; at += piece) {
        sum.update(new Uint8Array(await file.slice(at, at + piece).arrayBuffer()));
    }
    return sum.finish();
}

self.addEventListener('message', async ({ data: { number, file } }) => {
    try {
        self.postMessage({ number, sha256: await hash(file) });
    } catch (error) {
        self.postMessage({ number, error: String(error.message ?? error) });
    }
});
