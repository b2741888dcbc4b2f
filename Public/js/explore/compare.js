// The same place at another time: a second pane beside the picture that looks the same way.

import { Stage } from './stage.js';
import { find, make } from '../dom.js';
import { say } from '../words.js';
import { captureTime } from '../times.js';

/** The pane in #then, beside `stage`. */
export class Compare {
    constructor(stage) {
        this.stage = stage;
        this.pane = find('.pane-picture');
        this.button = find('#do-compare');
        this.select = find('#then-when');
        this.other = null;
        this.isFollowing = false;
        this.button.addEventListener('click', () => this.toggle());
        this.select.addEventListener('change', () => this.open(this.select.value));
        find('#then-close').addEventListener('click', () => this.toggle(false));
    }

    get isOn() { return this.pane.dataset.compares === 'true'; }

    toggle(isOn = !this.isOn) {
        if (isOn === this.isOn || (isOn && !this.others.length)) return;
        this.pane.dataset.compares = String(isOn);
        this.button.setAttribute('aria-pressed', String(isOn));
        find('#then').hidden = !isOn;
        if (isOn) {
            this.other ??= new Stage({ within: find('#then'), onShown: () => this.follow(), onView: () => this.lead() });
            this.shown();
        } else this.button.focus({ preventScroll: true });
    }

    /** Pictures of other trips at this place, the newest first. */
    get others() {
        return (this.stage.picture?.ways ?? []).filter(({ rel }) => rel === 'related')
            .sort((a, b) => b.capturedAt.localeCompare(a.capturedAt));
    }

    /** Another picture is on the stage. */
    shown() {
        const { others } = this;
        this.button.disabled = others.length === 0;
        if (!this.isOn) return;
        find('#then-none').hidden = others.length > 0;
        this.select.hidden = others.length === 0;
        this.select.replaceChildren(...others.map(({ id, capturedAt }) => make('option', { value: id }, captureTime(capturedAt).clock)));
        // Walking on, one stays with the other trip.
        const same = others.find(({ sequence }) => sequence === this.sequence);
        const chosen = same ?? others[0];
        if (!chosen) return;
        this.select.value = chosen.id;
        this.open(chosen.id);
    }

    async open(id) {
        const done = await this.other.show(id);
        if (!done) return;
        this.sequence = this.other.picture.sequence;
        find('#then .stage').setAttribute('aria-label', say('pictureOf', { time: captureTime(this.other.picture.capturedAt).clock }));
    }

    /** The view on the left has moved: the right one looks there too. */
    follow() { if (this.isOn) this.look(this.stage, this.other); }

    lead() { if (this.isOn) this.look(this.other, this.stage); }

    look(from, to) {
        if (this.isFollowing || !from.view || !to?.view) return;
        this.isFollowing = true;
        try {
            const { isSphere } = to.picture;
            if (isSphere !== from.picture.isSphere) {
                if (isSphere && from.heading !== null) to.view.look({ x: from.heading - (to.picture.heading ?? 0) });
            } else if (isSphere) {
                const { y, z } = from.view.permalink;
                const x = (from.heading ?? from.view.yaw) - (to.picture.heading ?? 0);
                to.view.look({ x, y, z });
            } else to.view.look(from.view.permalink);
        } finally {
            this.isFollowing = false;
        }
    }
}
