// Asks the server where pictures would be on a GPX track, and places them there.

import { CallFailed, decoded } from '../api.js';

/** A GPX file and the upload set whose pictures it is to place. */
export class Track {
    /** `api`: the address of the set's places. */
    constructor(file, api) {
        this.file = file;
        this.api = api;
        this.asking = null;
    }

    /** Where the pictures would be. `offset`: seconds added to the camera's clock, or null for the likeliest. A later question ends this one. */
    preview(offset) {
        this.asking?.abort();
        this.asking = new AbortController();
        return this.send({ offset, isTrial: true, signal: this.asking.signal });
    }

    place(offset) {
        this.asking?.abort();
        return this.send({ offset, isTrial: false });
    }

    async send({ offset, isTrial, signal }) {
        const query = new URLSearchParams();
        if (offset !== null) query.set('time_offset', String(offset));
        if (isTrial) query.set('dry_run', 'true');
        let response;
        try {
            response = await fetch(`${this.api}/gpx?${query}`, {
                method: 'POST', credentials: 'same-origin', signal, body: this.file,
                headers: { Accept: 'application/json', 'Content-Type': 'application/gpx+xml' },
            });
        } catch (error) {
            if (error.name === 'AbortError') throw error;
            throw new CallFailed(0, String(error.message ?? error));
        }
        const answer = decoded(await response.text());
        if (!response.ok) throw new CallFailed(response.status, answer?.detail ?? response.statusText, answer);
        return answer;
    }
}
