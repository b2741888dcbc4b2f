// A first look at a few pictures of the card, before they are sent: is the GPS on, is the clock right, is it one camera?

import { readTags } from './exif.js';
import { call } from '../api.js';
import { find, make } from '../dom.js';
import { say, locale } from '../words.js';

const most = 8;
/** Clocks are in the zone of the place, which is at most 14 hours ahead of UTC. */
const ahead = 26 * 3_600_000;
/** A camera whose battery was empty begins again at its first day; such pictures are seldom meant. */
const longAgo = 5 * 365 * 86_400_000;

/**
 * Looks into some of the `records`, from the first to the last, and says in #first-look what a person should know.
 * `label` is { id, name } of the camera that was chosen, or null where the upload goes on with an earlier one.
 */
export async function firstLook(records, label) {
    const box = find('#first-look');
    box.hidden = true;
    const step = Math.max(1, (records.length - 1) / (most - 1));
    const chosen = [...new Set(Array.from({ length: Math.min(most, records.length) }, (_, index) => records[Math.round(index * step)]))];
    const tags = [];
    for (const record of chosen) {
        const found = await record.file().then(readTags).catch(() => null);
        if (found) tags.push(found);
    }
    const warnings = [...warningsOf(tags), ...await strangeCameras(tags, label)];
    find('#first-look-list').replaceChildren(...warnings.map((text) => make('li', {}, text)));
    box.hidden = warnings.length === 0;
}

/** Sentences, in the order of how bad it would be not to know. */
function warningsOf(tags, now = Date.now()) {
    if (tags.length === 0) return [];
    const warnings = [];
    const without = tags.filter(({ hasPlace }) => !hasPlace).length;
    if (without === tags.length) warnings.push(say('lookNoPlace', { n: tags.length }));
    else if (without > 0) warnings.push(say('lookSomePlace', { n: without, all: tags.length }));
    const times = tags.map(({ taken }) => taken?.getTime()).filter((time) => time !== undefined);
    const newest = Math.max(...times);
    const oldest = Math.min(...times);
    if (times.length === 0) warnings.push(say('lookNoTime'));
    else if (newest > now + ahead) warnings.push(say('lookClockAhead', { time: day(newest) }));
    else if (oldest < now - longAgo) warnings.push(say('lookClockBehind', { time: day(oldest) }));
    const cameras = new Map(tags.filter(({ serial, camera }) => serial || camera).map(({ serial, camera }) => [`${camera}/${serial}`, camera || serial]));
    if (cameras.size > 1) warnings.push(say('lookCameras', { n: cameras.size, cameras: [...new Set(cameras.values())].join(', ') }));
    return warnings;
}

function day(time) {
    return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(time));
}

/** Cameras that have taken the pictures of other labels until now, or not those of this one. */
async function strangeCameras(tags, label) {
    if (!label?.id) return [];
    const warnings = [];
    for (const serial of new Set(tags.map((each) => each.serial).filter(Boolean))) {
        const answer = await call(`/api/camera_labels/${label.id}/camera?serial=${encodeURIComponent(serial)}`).catch(() => null);
        if (!answer || answer.known) continue;
        const values = { serial, label: label.name, other: answer.other_serial, labels: answer.other_labels.join(', ') };
        if (answer.other_labels.length > 0) warnings.push(say('lookSerialElsewhere', values));
        else if (answer.other_serial) warnings.push(say('lookSerialOther', values));
    }
    return warnings;
}
