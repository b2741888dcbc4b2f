// Sends many files, a few at a time, and does not give up because a link is weak.

import { pause } from '../api.js';
import { send } from './send.js';

const lanes = 4;
const mostTries = 8; // for answers of the server; a dead link is tried for ever

/**
 * Takes records from `source.next()` and keeps their `state` true:
 * waiting → sending → arrived | known | refused | failed | unreadable.
 */
export class Queue {
    constructor({ setID, source, signal, onChange, onTrouble }) {
        this.setID = setID;
        this.source = source;
        this.signal = signal;
        this.onChange = onChange;
        this.onTrouble = onTrouble; // 'offline' | 'signedOut' | 'busy' | 'full' | null
        this.trouble = null;
    }

    /** Ends when each record has an outcome or the signal came. */
    async run() {
        await Promise.all(Array.from({ length: lanes }, () => this.lane()));
    }

    async lane() {
        for (let record = await this.source.next(); record; record = await this.source.next()) {
            await this.deliver(record);
            if (this.signal.aborted) return;
        }
    }

    async deliver(record) {
        let tries = 0;
        for (let turn = 0; !this.signal.aborted; turn += 1) {
            const outcome = await this.attempt(record);
            if (outcome.kind === 'stopped') { this.set(record, 'waiting'); return; }
            if (outcome.kind === 'again' || outcome.kind === 'signedOut') {
                if (outcome.status > 0) tries += 1;
                if (tries >= mostTries) { this.set(record, 'failed'); return; }
                this.set(record, 'waiting');
                this.setTrouble(troubleOf(outcome));
                await pause(delay(turn, outcome.wait), this.signal);
                continue;
            }
            this.setTrouble(null);
            record.message = outcome.message;
            record.reason = outcome.reason;
            record.details = outcome.details;
            record.sent = outcome.kind === 'unreadable' ? 0 : record.size;
            this.set(record, outcome.kind);
            return;
        }
    }

    async attempt(record) {
        this.set(record, 'sending');
        let file;
        try {
            file = await record.file();
        } catch {
            return { kind: 'unreadable' };
        }
        return send(this.setID, record, file, {
            signal: this.signal, onProgress: (sent) => { record.sent = sent; this.onChange(); },
        });
    }

    set(record, state) {
        record.state = state;
        this.onChange();
    }

    setTrouble(trouble) {
        if (trouble === this.trouble) return;
        this.trouble = trouble;
        this.onTrouble(trouble);
    }
}

function troubleOf({ kind, status }) {
    if (kind === 'signedOut') return 'signedOut';
    if (status === 507) return 'full';
    return status === 0 ? 'offline' : 'busy';
}

/** Milliseconds: 1, 2, 4 … 30 s, with some luck so that many browsers do not come at once; at least what the server asks. */
function delay(turn, wait = 0) {
    const base = Math.min(30, 2 ** turn);
    return Math.max(wait, base * (0.5 + Math.random() / 2)) * 1000;
}
