// The picture with its boxes: drawing one with the mouse or the keyboard, choosing one by a tap.

import { Drawing } from '../draw/drawing.js';
import { FlatSurface } from '../draw/flat-surface.js';
import { SphereSurface } from '../draw/sphere-surface.js';
import { bounds } from '../draw/shape.js';
import { say } from '../words.js';
import { rings } from './boxes.js';

/** Over the picture of `stage`. `onDrawn(rings)` after a box is drawn, `onTap(box)` for the one that was tapped, or null. */
export class Canvas {
    constructor(stage, { onDrawn, onTap }) {
        this.stage = stage;
        this.onDrawn = onDrawn;
        this.onTap = onTap;
        this.drawing = null;
        this.moves = false;
        this.boxes = [];
        // What can be focused may not be within an image.
        stage.element.setAttribute('role', 'group');
    }

    /** To be called when another picture is on screen. */
    begin() {
        this.drawing?.remove();
        const { picture, view } = this.stage;
        const size = { width: picture.width, height: picture.height };
        const surface = view === this.stage.sphere
            ? new SphereSurface(view, size) : new FlatSurface(this.stage.element, () => view.image, size);
        this.drawing = new Drawing(surface, {
            onChange: () => this.paint(), onCancel: () => this.onTap(null), pointName: (number) => say('corner', { number: String(number) }),
        });
        const { element } = this.drawing;
        element.addEventListener('pointerup', (event) => this.released(event));
        element.addEventListener('keydown', (event) => this.entered(event), { capture: true });
        this.drawing.start(this.moves ? null : 'rectangle');
    }

    /** Whether the mouse moves the picture instead of drawing. */
    move(moves) {
        this.moves = moves;
        this.drawing?.start(moves ? null : 'rectangle');
        this.paint();
    }

    /** A box in the middle of the view, to be put in place by the keyboard. */
    place() {
        if (this.moves || this.drawing?.shape) return;
        this.drawing?.enter();
    }

    /** `boxes` with `ring`, `colour`, `title`; the chosen one stands out. */
    show(boxes, chosen) {
        this.boxes = boxes;
        this.drawing?.overlay.show(boxes.map((box) => ({
            points: box.ring, title: box.title, className: box === chosen ? 'is-box is-chosen' : 'is-box',
        })));
        this.paint();
    }

    /** To be called when the view of the picture has moved. */
    redraw() {
        this.drawing?.redraw();
        this.paint();
    }

    paint() {
        [...this.drawing?.overlay.layer.children ?? []].forEach((path, index) => {
            path.style.stroke = this.boxes[index].colour;
        });
    }

    released(event) {
        if (!this.drawing.shape) return this.tapped(event);
        this.finish();
    }

    entered(event) {
        if (event.key !== 'Enter' || !this.drawing.shape?.isDone) return;
        event.preventDefault();
        event.stopPropagation();
        this.finish();
    }

    finish() {
        const { shape, surface } = this.drawing;
        if (!shape?.isDone) return;
        this.drawing.clear();
        this.drawing.changed();
        this.drawing.element.focus({ preventScroll: true });
        const drawn = rings(shape.points, surface.size);
        if (drawn.length) this.onDrawn(drawn);
    }

    /** The smallest box there. */
    tapped(event) {
        const [x, y] = this.drawing.pointOf(event);
        const area = ({ ring }) => {
            const { left, top, right, bottom } = bounds(ring);
            return x >= left && x <= right && y >= top && y <= bottom ? (right - left) * (bottom - top) : Infinity;
        };
        const found = this.boxes.filter((box) => area(box) < Infinity).sort((a, b) => area(a) - area(b));
        this.onTap(found[0] ?? null);
    }
}
