// The picture pane: loads a picture, chooses the viewer that fits it, tells of loading and of errors.

import { FlatView } from './flat.js';
import { SphereView } from './sphere.js';
import { followGestures } from './gestures.js';
import { picture as fetchPicture, preload, forget } from './pictures.js';
import { find } from '../dom.js';
import { say } from '../words.js';

/** The pane `within` an element. `onShown(picture)` after a picture is on screen, `onView()` whenever one looks elsewhere. */
export class Stage {
    constructor({ within, onShown, onView }) {
        this.element = find('.stage', within);
        this.spinner = find('.spinner', within);
        this.message = find('.stage-message', within);
        this.onShown = onShown;
        this.onView = () => {
            if (this.heading === null) delete this.element.dataset.heading;
            else this.element.dataset.heading = (((this.heading % 360) + 360) % 360).toFixed(2);
            onView();
        };
        this.flat = new FlatView(this.element, this.onView);
        this.sphere = null;
        this.picture = null;
        this.wanted = null;
        followGestures(this.element, () => this.view);
        find('button', this.message).addEventListener('click', () => {
            if (!this.wanted) return;
            forget(this.wanted);
            this.show(this.wanted);
        });
        new ResizeObserver(() => { this.flat.resize(); this.sphere?.resize(); }).observe(this.element);
    }

    /** The viewer that shows something, or null. */
    get view() {
        if (this.sphere?.isShown) return this.sphere;
        return this.flat.isShown ? this.flat : null;
    }

    /** Compass direction of the middle of the view, or null when the picture has none. */
    get heading() {
        if (this.picture?.heading === null || this.picture?.heading === undefined) return null;
        return this.picture.heading + (this.view?.yaw ?? 0);
    }

    /** Shows a picture; true when it is on screen. A later call wins over an earlier one. */
    async show(id, view) {
        this.wanted = id;
        this.message.hidden = true;
        const slow = setTimeout(() => { this.spinner.hidden = false; }, 150);
        try {
            const picture = await fetchPicture(id);
            const image = new Image();
            image.src = picture.urls.sd;
            await image.decode();
            if (this.wanted !== id) return false;
            this.place(picture, image, view);
            preload(picture.next);
            return true;
        } catch (error) {
            if (this.wanted === id) this.fail(error);
            return false;
        } finally {
            clearTimeout(slow);
            if (this.wanted === id) this.spinner.hidden = true;
        }
    }

    place(picture, image, view) {
        this.picture = picture;
        if (picture.isSphere && this.prepareSphere()) {
            this.flat.hide();
            this.sphere.show(picture, image, view);
        } else {
            this.sphere?.hide();
            this.flat.show(picture, image, view);
        }
        this.element.dataset.picture = picture.id;
        this.element.dataset.kind = this.view === this.sphere ? 'sphere' : 'flat';
        this.onShown(picture);
    }

    /** Makes the 360° viewer at first need; without WebGL the picture is shown flat. */
    prepareSphere() {
        if (this.sphere || this.hasNoWebGL) return !this.hasNoWebGL;
        try {
            this.sphere = new SphereView(this.element, this.onView);
        } catch (error) {
            console.warn('360° pictures are shown flat:', error.message);
            this.hasNoWebGL = true;
        }
        return !this.hasNoWebGL;
    }

    fail(error) {
        this.message.hidden = false;
        const isGone = error.status === 404;
        find('p', this.message).textContent = say(isGone ? 'pictureGone' : error.status === 401 ? 'signedOut' : 'pictureFailed');
        find('button', this.message).hidden = isGone;
    }
}
