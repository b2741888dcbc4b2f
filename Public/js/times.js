// Times. A <time data-local> is rewritten in the reader's own zone; a capture time keeps the zone of its place.

import { locale } from './words.js';

const local = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/** Writes every <time data-local> below `root` in the reader's zone and language. */
export function localiseTimes(root = document) {
    for (const element of root.querySelectorAll('time[data-local]')) {
        const moment = new Date(element.dateTime);
        if (!Number.isNaN(moment.getTime())) element.textContent = local.format(moment);
    }
}

/** “12 May 2024, 14:03:07.250 (UTC+02:00)” from an RFC 3339 time: the clock at the place of capture. */
export function captureTime(text) {
    const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text ?? '');
    if (!parts) return { clock: text ?? '', zone: '' };
    const clock = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' })
        .format(new Date(`${parts[1]}Z`));
    const fraction = (parts[2] ?? '').replace(/0+$/, '').replace(/^\.$/, '').slice(0, 4);
    const zone = parts[3] === 'Z' || parts[3] === '+00:00' ? 'UTC' : `UTC${parts[3]}`;
    const decimal = new Intl.NumberFormat(locale).format(1.1).charAt(1);
    return { clock: fraction ? clock + fraction.replace('.', decimal) : clock, zone };
}
