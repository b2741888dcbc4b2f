// What is to be saved, in order: sent one after the other, kept over a reload, tried again while the link is down.

import { call, pause } from '../api.js';

const first = 1000; // milliseconds
const longest = 15_000;

/**
 * @typedef {{ method: string, path: string, body: object, picture: string, tries?: number }} Change
 * `picture` is whose it is.
 */

export class Outbox {
    /**
     * `name` tells accounts apart that share a browser. `onChange()` whenever something came or went,
     * `onSaved(change, answer)`, `onRefused(change, error)` for what the server does not take.
     */
    constructor(name, { onChange, onSaved, onRefused }) {
        this.name = name;
        this.onChange = onChange;
        this.onSaved = onSaved;
        this.onRefused = onRefused;
        /** @type {Change[]} */
        this.changes = restored(name);
        this.isWaiting = false;
        this.isRunning = false;
        window.addEventListener('beforeunload', (event) => { if (this.changes.length) event.preventDefault(); });
        window.addEventListener('online', () => this.run());
    }

    get count() { return this.changes.length; }

    /** Adds a change; of several that put the same thing, those that were not tried yet give way to the newest. */
    add(change) {
        if (change.method === 'PUT') {
            this.changes = this.changes.filter(({ method, path, tries, isSending }) =>
                method !== 'PUT' || path !== change.path || tries || isSending);
        }
        this.changes.push(change);
        this.changed();
        this.run();
    }

    /** Sends until nothing is left; waits longer and longer in between while it does not work. */
    async run() {
        if (this.isRunning) return;
        this.isRunning = true;
        let delay = first;
        while (this.changes.length) {
            if (await this.send(this.changes[0])) {
                delay = first;
                continue;
            }
            await pause(delay);
            delay = Math.min(longest, delay * 2);
        }
        this.isRunning = false;
    }

    /** True when it is settled, one way or the other. */
    async send(change) {
        change.isSending = true;
        try {
            this.onSaved(change, await call(change.path, { method: change.method, body: change.body }));
        } catch (error) {
            const isLost = error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500;
            if (isLost) {
                change.tries = (change.tries ?? 0) + 1;
                change.isSending = false;
                this.isWaiting = true;
                this.changed();
                return false;
            }
            this.drop(change);
            if (!wasDoneBefore(change, error)) this.onRefused(change, error);
            return true;
        }
        this.drop(change);
        return true;
    }

    drop(change) {
        this.changes = this.changes.filter((each) => each !== change);
        this.isWaiting = false;
        this.changed();
    }

    changed() {
        try {
            const kept = this.changes.map(({ isSending, ...change }) => ({ ...change, tries: isSending ? 1 : change.tries }));
            if (kept.length) localStorage.setItem(this.name, JSON.stringify(kept));
            else localStorage.removeItem(this.name);
        } catch { /* no room, or not allowed: then it is kept in memory alone */ }
        this.onChange();
    }
}

/** The answer to an earlier try was lost: what it did cannot be done twice. */
function wasDoneBefore(change, error) {
    return (change.tries ?? 0) > 0 && change.method !== 'PUT' && [400, 404, 409].includes(error.status);
}

function restored(name) {
    try {
        const changes = JSON.parse(localStorage.getItem(name) ?? '[]');
        // Whether they were tried before is not known.
        return Array.isArray(changes) ? changes.map((change) => ({ ...change, tries: change.tries || 1 })) : [];
    } catch {
        return [];
    }
}
