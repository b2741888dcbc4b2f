// Pictures that fit a question which tiles cannot answer (tags, found objects): asked of the search, for what is in view.

import { call } from '../api.js';

const most = 1000;

/** Asks whenever the view or the question changes; `onFound(points, isAll)` with what is in view, null for no question. */
export class Matches {
    constructor({ onFound, onFailed }) {
        this.onFound = onFound;
        this.onFailed = onFailed;
        this.work = null;
    }

    /** `filter` is CQL2 text, or null for none; `box` west, south, east, north. */
    async ask(filter, box) {
        this.work?.abort();
        if (!filter) { this.onFound(null, true); return; }
        const work = new AbortController();
        this.work = work;
        const query = new URLSearchParams({
            limit: String(most), bbox: box.map((value) => value.toFixed(6)).join(','), 'filter-lang': 'cql2-text', filter,
            fields: 'id,geometry,collection,-links,-assets,-properties',
        });
        try {
            const found = await call(`/api/search?${query}`, { signal: work.signal });
            const points = found.features.map((item) => ({
                type: 'Feature', geometry: item.geometry, properties: { id: item.id },
            }));
            this.onFound(points, !found.links?.some(({ rel }) => rel === 'next'));
        } catch (error) {
            if (error.name !== 'AbortError') this.onFailed(error);
        }
    }
}
