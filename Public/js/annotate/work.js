// The pictures of a sequence and what was said of each, as far as this page knows.

import { call } from '../api.js';

/** @typedef {{ id: string, rank: number, values: string[], boxes: number, looked_through: boolean }} State */

export class Work {
    constructor(scheme, sequence) {
        this.address = `/api/class_schemes/${scheme}/collections/${sequence}`;
        /** @type {State[]} */
        this.states = [];
        this.index = -1;
    }

    /** Reads the whole list anew. Throws `CallFailed`. */
    async load() {
        const states = [];
        let next = this.address;
        while (next) {
            const page = await call(next);
            states.push(...page.pictures);
            const link = page.links.find(({ rel }) => rel === 'next');
            next = link ? new URL(link.href).search.replace(/^/, this.address) : null;
        }
        this.states = states;
    }

    /** What is still on its way to the server counts. */
    expect({ picture, method, body }) {
        const state = this.states[this.indexOf(picture)];
        if (!state || method !== 'PUT') return;
        if (body.value !== undefined) state.values = body.value === null ? [] : [body.value];
        if (body.looked_through !== undefined) state.looked_through = body.looked_through;
    }

    get current() { return this.states[this.index] ?? null; }

    get done() { return this.states.filter(isDone).length; }

    indexOf(id) { return this.states.findIndex((state) => state.id === id); }

    /** The place of the next picture of which nothing was said, from after `index` on and around; −1 when there is none. */
    nextOpen(index) {
        const count = this.states.length;
        for (let step = 1; step <= count; step += 1) {
            const at = (index + step + count) % count;
            if (!isDone(this.states[at])) return at;
        }
        return -1;
    }
}

/** @param {State} state */
export function isDone(state) {
    return state.values.length > 0 || state.boxes > 0 || state.looked_through;
}
