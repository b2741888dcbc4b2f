// Reads files a little ahead of the sending: what the server has already is not sent again.

import { Hasher } from './hasher.js';

const firstFiles = 4; // so that sending begins at once
const mostFiles = 100;
const mostBytes = 64 * 2 ** 20;
const mostWaiting = 200;

/**
 * Gives, by `next()`, records that have to be sent, in their order, each with its digest; null when there are no more.
 * `compare(records)` marks those that need not be sent.
 */
export class LookAhead {
    constructor({ records, compare, onChange, signal }) {
        this.records = records.filter(({ state }) => state === 'waiting');
        this.compare = compare;
        this.onChange = onChange;
        this.signal = signal;
        this.checked = [];
        this.takers = [];
        this.isOver = false;
        signal.addEventListener('abort', () => this.end());
    }

    /** Reads until all are read; throws what `compare` throws. */
    async run() {
        const hasher = new Hasher();
        try {
            for (let at = 0; at < this.records.length && !this.signal.aborted;) {
                const some = this.some(at);
                at += some.length;
                const read = [];
                for (const record of some) if (await this.read(record, hasher)) read.push(record);
                if (this.signal.aborted) break;
                await this.compare(read);
                for (const record of read) {
                    if (record.state === 'hashing') { record.state = 'waiting'; this.give(record); }
                }
                this.onChange();
                await this.room();
            }
        } finally {
            hasher.close();
            for (const record of this.records) if (record.state === 'hashing') record.state = 'waiting';
            this.end();
        }
    }

    some(at) {
        const most = at === 0 ? firstFiles : mostFiles;
        let size = 0;
        let count = 0;
        while (count < most && at + count < this.records.length && (count === 0 || size < mostBytes)) {
            size += this.records[at + count].size;
            count += 1;
        }
        return this.records.slice(at, at + count);
    }

    /** Whether it could be read. */
    async read(record, hasher) {
        if (this.signal.aborted) return false;
        record.state = 'hashing';
        this.onChange();
        try {
            record.sha256 ??= await hasher.sha256(await record.file());
            return true;
        } catch {
            record.state = 'unreadable';
            return false;
        }
    }

    next() {
        if (this.checked.length > 0) {
            const record = this.checked.shift();
            this.wake?.();
            return Promise.resolve(record);
        }
        if (this.isOver) return Promise.resolve(null);
        return new Promise((resolve) => { this.takers.push(resolve); });
    }

    give(record) {
        const taker = this.takers.shift();
        if (taker) taker(record);
        else this.checked.push(record);
    }

    /** Waits while more is read than will be sent for a while. */
    async room() {
        while (this.checked.length > mostWaiting && !this.signal.aborted) {
            await new Promise((resolve) => { this.wake = resolve; });
        }
    }

    end() {
        this.isOver = true;
        this.wake?.();
        if (this.signal.aborted) this.checked = [];
        for (const taker of this.takers.splice(0)) taker(null);
    }
}
