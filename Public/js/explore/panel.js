// The information panel: when, where, by whom, with what, and the EXIF tags.

import { find, make } from '../dom.js';
import { say, knows, number } from '../words.js';
import { captureTime } from '../times.js';

/** Links to editors of OpenStreetMap: nothing is asked of them until somebody follows one. */
function elsewhere({ latitude, longitude }) {
    const edge = 0.0006;
    const box = new URLSearchParams({
        left: (longitude - edge).toFixed(6), right: (longitude + edge).toFixed(6),
        bottom: (latitude - edge).toFixed(6), top: (latitude + edge).toFixed(6),
    });
    const outside = (href, text) => make('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text);
    return [
        outside(`https://www.openstreetmap.org/edit?editor=id#map=19/${latitude.toFixed(6)}/${longitude.toFixed(6)}`, say('openID')),
        make('br'), outside(`http://127.0.0.1:8111/load_and_zoom?${box}`, say('openJOSM')),
    ];
}

/** Links to the ways that the picture was taken on, as its tags say. */
function ways(properties) {
    return (properties.semantics ?? []).filter(({ key, value }) => key === 'osm|way' && /^\d+$/.test(value))
        .map(({ value }) => make('a', { href: `https://www.openstreetmap.org/way/${value}`, target: '_blank', rel: 'noopener noreferrer' }, value));
}

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

    const linked = ways(properties).flatMap((way, index) => (index ? [', ', way] : [way]));
    if (linked.length) list.append(make('dt', {}, say('factWay')), make('dd', {}, ...linked));
    list.append(make('dt', {}, say('openElsewhere')), make('dd', {}, ...elsewhere(picture)));

    const exif = Object.entries(properties.exif ?? {}).sort(([a], [b]) => a.localeCompare(b));
    find('#exif-title').hidden = exif.length === 0;
    find('#exif').replaceChildren(...exif.map(([key, value]) => make('tr', {},
        make('td', {}, key.replace(/^Exif\./, '')), make('td', {}, String(value)))));
}
