// Calls of the JSON API with the login cookie.

/** What went wrong with a call: `status` 0 means that no answer came. */
export class CallFailed extends Error {
    constructor(status, message, body = null) {
        super(message);
        this.status = status;
        this.body = body;
    }
}

/** Calls `path` and gives back the decoded JSON (null for an empty answer). Throws `CallFailed`. */
export async function call(path, { method = 'GET', body, signal } = {}) {
    let response;
    try {
        response = await fetch(path, {
            method, signal, credentials: 'same-origin',
            headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
    } catch (error) {
        if (error.name === 'AbortError') throw error;
        throw new CallFailed(0, String(error.message ?? error));
    }
    const answer = decoded(await response.text().catch(() => ''));
    if (!response.ok) {
        throw new CallFailed(response.status, answer?.message ?? answer?.detail ?? response.statusText, answer);
    }
    return answer;
}

/** JSON, or null when it is none. */
export function decoded(text) {
    if (!text) return null;
    try { return JSON.parse(text); } catch { return null; }
}

/** Waits; resolves early when `signal` aborts, the network comes back, or somebody comes back to the page. */
export function pause(milliseconds, signal) {
    return new Promise((resolve) => {
        const done = () => {
            clearTimeout(timer);
            window.removeEventListener('online', done);
            window.removeEventListener('focus', done);
            signal?.removeEventListener('abort', done);
            resolve();
        };
        const timer = setTimeout(done, milliseconds);
        window.addEventListener('online', done);
        window.addEventListener('focus', done);
        signal?.addEventListener('abort', done);
    });
}
