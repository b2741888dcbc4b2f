// By how much the camera's clock has to be corrected: its time zone, and how far it is off.

import { find, make } from '../dom.js';
import { say } from '../words.js';

const quarter = 900;
/** Time zones as seconds east of UTC, in use somewhere. */
const zones = [-12, -11, -10, -9.5, -9, -8, -7, -6, -5, -4, -3.5, -3, -2, -1, 0, 1, 2, 3, 3.5, 4, 4.5, 5, 5.5, 5.75, 6, 6.5, 7, 8, 8.75, 9, 9.5, 10, 10.5, 11, 12, 12.75, 13, 14];

function zoneText(hours) {
    const whole = Math.trunc(Math.abs(hours));
    const minutes = Math.round((Math.abs(hours) - whole) * 60);
    const sign = hours < 0 ? '−' : '+';
    return hours === 0 ? 'UTC' : `UTC${sign}${whole}${minutes ? `:${String(minutes).padStart(2, '0')}` : ''}`;
}

/** The two fields; `offset` is in seconds, added to what the camera's clock shows to have UTC. */
export class Clock {
    constructor({ onChange }) {
        this.zone = find('#zone');
        this.shift = find('#shift');
        this.text = find('#shift-text');
        for (const hours of zones) this.zone.append(make('option', { value: String(hours * 3600) }, zoneText(hours)));
        this.zone.addEventListener('change', onChange);
        this.shift.addEventListener('input', () => { this.show(); onChange(); });
        this.offset = 0;
    }

    get offset() { return Number(this.shift.value) - Number(this.zone.value); }

    set offset(seconds) {
        const zone = -Math.round(seconds / quarter) * quarter || 0;
        if (![...this.zone.options].some((option) => Number(option.value) === zone)) {
            this.zone.append(make('option', { value: String(zone) }, zoneText(zone / 3600)));
        }
        this.zone.value = String(zone);
        this.shift.value = String(Math.round(seconds + zone));
        this.show();
    }

    show() { this.text.textContent = say('shiftValue', { n: Number(this.shift.value) }); }
}
