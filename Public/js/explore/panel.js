// The information panel: when, where, by whom, with what, and the EXIF tags.

import { find, make } from '../dom.js';
import { say, knows, number } from '../words.js';
import { captureTime } from '../times.js';

/** Fills #facts and #exif with what is known of `picture`. */
export function fillPanel(picture) {
    const { clock, zone } = captureTime(picture.capturedAt);
    const properties = picture.properties;
    const interior = properties['pers:interior_orientation'] ?? {};
    const accuracy = properties['quality:horizontal_accuracy'];
    const camera = [interior.camera_manufacturer, interior.camera_model].filter(Boolean).join(' ');
    const facts = [
        ['factTime', clock && `${clock} (${zone})`],
        ['factProducer', properties['geovisio:producer'] ?? picture.providers[0]?.name],
        ['factLabel', properties['wayside:camera_label']],
        ['factStatus', picture.status !== 'ready' && (knows(`status_${picture.status}`) ? say(`status_${picture.status}`) : picture.status)],
        ['factPosition', `${number(picture.latitude, 6)}°, ${number(picture.longitude, 6)}°`],
        ['factAltitude', picture.altitude !== null && `${number(picture.altitude, 1)} m`],
        ['factAccuracy', accuracy !== undefined && accuracy !== null && `± ${number(accuracy, 1)} m`],
        ['factHeading', picture.heading !== null && `${number(picture.heading, 1)}°`],
        ['factCamera', camera],
        ['factType', say(picture.isSphere ? 'typeSphere' : 'typeFlat') + (picture.fieldOfView && !picture.isSphere ? ` (${number(picture.fieldOfView, 0)}°)` : '')],
        ['factSize', picture.width && `${picture.width} × ${picture.height} px`],
        ['factFile', properties['original_file:name']],
    ];
    const list = find('#facts');
    list.replaceChildren();
    for (const [key, value] of facts) if (value) list.append(make('dt', {}, say(key)), make('dd', {}, value));
    if (picture.sequence) {
        list.append(make('dt', {}, say('factSequence')),
            make('dd', {}, make('a', { href: `/sequences/${picture.sequence}` }, say('openSequence'))));
    }

    const exif = Object.entries(properties.exif ?? {}).sort(([a], [b]) => a.localeCompare(b));
    find('#exif-title').hidden = exif.length === 0;
    find('#exif').replaceChildren(...exif.map(([key, value]) => make('tr', {},
        make('td', {}, key.replace(/^Exif\./, '')), make('td', {}, String(value)))));
}
