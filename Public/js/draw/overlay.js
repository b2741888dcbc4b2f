// Outlines over a picture, in an SVG element that covers its stage.

import { dense } from './shape.js';

const namespace = 'http://www.w3.org/2000/svg';

/** An SVG element with attributes. */
export function svg(name, attributes = {}, ...children) {
    const element = document.createElementNS(namespace, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
}

/**
 * Shows outlines on a surface (FlatSurface or SphereSurface). Call `redraw()` whenever the view moves.
 * Outlines are `{ points, className, title }`, points in pixels of the picture.
 */
export class Overlay {
    constructor(surface) {
        this.surface = surface;
        this.outlines = [];
        this.layer = svg('g');
        this.element = svg('svg', { class: 'draw-overlay' }, this.layer);
        surface.element.append(this.element);
    }

    show(outlines) {
        this.outlines = outlines;
        this.redraw();
    }

    redraw() {
        this.layer.replaceChildren(...this.outlines.map((outline) => {
            const path = svg('path', { class: `draw-outline ${outline.className ?? ''}`, d: this.path(outline.points) });
            if (outline.title) path.append(svg('title', {}, outline.title));
            return path;
        }));
    }

    /** The outline on the screen; parts that lie behind the viewer are left out. */
    path(points, isClosed = true) {
        const { surface } = this;
        let line = dense(points, surface.steps);
        if (!isClosed) line = surface.steps > 1 ? line.slice(0, (points.length - 1) * surface.steps + 1) : line;
        let isMoving = true;
        let isWhole = true;
        const parts = line.concat(isClosed && line.length ? [line[0]] : []).map((point) => {
            const at = surface.toScreen(point);
            if (!at) {
                isMoving = true;
                isWhole = false;
                return '';
            }
            const part = `${isMoving ? 'M' : 'L'}${at[0].toFixed(1)} ${at[1].toFixed(1)}`;
            isMoving = false;
            return part;
        });
        return parts.join('') + (isClosed && isWhole ? 'Z' : '');
    }

    remove() { this.element.remove(); }
}
