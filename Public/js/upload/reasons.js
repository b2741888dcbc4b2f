// Why a file was refused, in the reader's language.

import { say, knows } from '../words.js';

/** One sentence for a `rejected` member (or an answer that refused a file). */
export function reasonText({ reason, message, details }) {
    const missing = `${details?.missing_fields ?? ''}`;
    if (reason === 'invalid_metadata' && missing) {
        const place = /position|lat|lon|location/i.test(missing);
        const time = /time|date/i.test(missing);
        if (place && time) return say('reason_no_place_no_time');
        if (place) return say('reason_no_place');
        if (time) return say('reason_no_time');
    }
    if (knows(`reason_${details?.cause}`)) return say(`reason_${details.cause}`);
    const key = `reason_${reason}`;
    if (knows(key)) return say(key);
    return message || say('reason_other_error');
}
