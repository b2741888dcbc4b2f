// The sentences above the list: what is being done, and what is in the way.

import { pause } from '../api.js';
import { find } from '../dom.js';
import { say } from '../words.js';

export function setStatus(text, tone = '') {
    const status = find('#status');
    status.hidden = !text;
    status.className = `notice ${tone}`;
    find('#status-text').textContent = text;
}

export function problemText(error) {
    if (error.status === 401) return say('signedOut');
    if (error.status === 404) return say('setGone');
    if (error.status === 507) return say('serverFull');
    return error.message || say('serverTrouble');
}

export function showTrouble(trouble) {
    find('#trouble').hidden = !trouble;
    if (trouble) find('#trouble-text').textContent = say({ offline: 'linkLost', signedOut: 'signedOut', busy: 'serverBusy', full: 'serverFull' }[trouble]);
    find('#trouble-sign-in').hidden = trouble !== 'signedOut';
}

/** Repeats a call until an answer comes, also when somebody has to sign in again meanwhile; other failures are for the caller. */
export async function untilAnswered(ask, signal) {
    for (let turn = 0; ; turn += 1) {
        try {
            const value = await ask();
            if (turn > 0) showTrouble(null);
            return value;
        } catch (error) {
            const trouble = troubleOf(error.status);
            if (!trouble || signal?.aborted) throw error;
            showTrouble(trouble);
            await pause(Math.min(trouble === 'signedOut' ? 5 : 30, 2 ** turn) * 1000, signal);
        }
    }
}

function troubleOf(status) {
    if (status === 0) return 'offline';
    if (status === 401) return 'signedOut';
    return [429, 502, 503, 504].includes(status) ? 'busy' : null;
}
