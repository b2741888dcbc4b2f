// Arrows on the ground of the picture, towards the pictures that one can go to from here.

import { find, make, icon } from '../dom.js';
import { say, number } from '../words.js';
import { captureTime } from '../times.js';

const farthest = 60; // metres

/** The arrows in #arrows; `onPick(id)` when one is chosen. */
export class Arrows {
    constructor({ onPick }) {
        this.element = find('#arrows');
        this.onPick = onPick;
        this.arrows = [];
    }

    /** Another picture is on screen. */
    show(picture) {
        const ways = picture.heading === null ? [] : picture.ways.map((way) => ({ ...way, ...towards(picture, way) }));
        this.arrows = thinned(ways.filter(({ rel, metres }) => metres > 0.3 && (rel !== 'related' || metres <= farthest)))
            .map((way) => ({ way, button: this.button(way) }));
        this.element.replaceChildren(...this.arrows.map(({ button }) => button));
    }

    /** The view looks to `heading`, degrees; null when that is not known. */
    turn(heading) {
        this.element.hidden = heading === null || this.arrows.length === 0;
        if (this.element.hidden) return;
        for (const { way, button } of this.arrows) {
            const angle = way.bearing - heading;
            const radians = angle * Math.PI / 180;
            button.style.transform = `translate(${(Math.sin(radians) * 92).toFixed(1)}px, ${(-Math.cos(radians) * 44).toFixed(1)}px)`;
            button.firstChild.style.transform = `rotateX(38deg) rotate(${angle.toFixed(1)}deg)`;
        }
    }

    button(way) {
        const name = way.rel === 'related'
            ? say('arrowOther', { time: captureTime(way.capturedAt).clock })
            : say(way.rel === 'next' ? 'next' : 'previous');
        const text = `${name} (${number(way.metres, way.metres < 10 ? 1 : 0)} m)`;
        return make('button', {
            type: 'button', class: `arrow is-${way.rel}`, title: text, 'aria-label': text, tabIndex: -1,
            onclick: () => this.onPick(way.id),
        }, icon('arrow'));
    }
}

/** Metres and degrees from a picture to another place. */
function towards(from, { longitude, latitude }) {
    const x = (longitude - from.longitude) * 111_320 * Math.cos(from.latitude * Math.PI / 180);
    const y = (latitude - from.latitude) * 110_574;
    return { metres: Math.hypot(x, y), bearing: Math.atan2(x, y) * 180 / Math.PI };
}

/** Of several in nearly one direction the first stays: the own sequence, then what is nearest. */
function thinned(ways) {
    const order = { next: 0, prev: 0, related: 1 };
    const kept = [];
    for (const way of ways.sort((a, b) => order[a.rel] - order[b.rel] || a.metres - b.metres)) {
        if (kept.length < 8 && kept.every((other) => Math.abs(((way.bearing - other.bearing + 540) % 360) - 180) > 28)) kept.push(way);
    }
    return kept;
}
