// Drawing a rectangle or a polygon on a picture: with the mouse, a finger, a pen or the keyboard.
//
// Rectangle: drag. Polygon: tap each corner, then the first one again (or double-click, or Enter). Points can be dragged.
// Keyboard: Enter puts a shape into the middle of the view; Tab goes to its points, arrow keys move one (Shift: farther),
// Delete removes it, Escape gives up.

import { Overlay, svg } from './overlay.js';
import { bounds, fewestPoints, mostPoints, nearest, rectangle, settled, within, withCorner } from './shape.js';

const smallest = 4; // pixels of the screen; less was a tap
const far = 12;

/**
 * `onChange(shape)` whenever the shape changes: `{ kind, points, isDone }`, or null when there is none;
 * `onCancel()` after Escape without a shape. `pointName(n)` names the n-th point (from 1) for screen readers.
 */
export class Drawing {
    constructor(surface, { onChange = () => {}, onCancel = () => {}, pointName = String } = {}) {
        this.surface = surface;
        this.onChange = onChange;
        this.onCancel = onCancel;
        this.pointName = pointName;
        this.overlay = new Overlay(surface);
        this.outline = svg('path', { class: 'draw-shape' });
        this.handles = svg('g');
        this.element = this.overlay.element;
        this.element.append(this.outline, this.handles);
        this.kind = null;
        this.clear();
        this.listen();
    }

    /** Begins to draw: 'rectangle' or 'polygon'; null lets the picture be moved instead. */
    start(kind) {
        const isOther = kind && kind !== this.kind;
        this.kind = kind;
        if (isOther) this.clear();
        this.element.classList.toggle('is-drawing', kind !== null);
        if (kind) {
            this.element.setAttribute('tabindex', '0');
            this.element.focus({ preventScroll: true });
        } else {
            this.element.removeAttribute('tabindex');
        }
        this.redraw();
    }

    /** What is drawn, in pixels of the picture, or null. */
    get shape() {
        if (this.points.length === 0) return null;
        const points = settled(this.points, this.surface.size, this.surface.wraps);
        return { kind: this.shapeKind, points, isDone: this.isDone };
    }

    /** Forgets what is drawn. */
    clear() {
        this.points = [];
        this.isDone = false;
        this.shapeKind = this.kind;
        this.dragged = null;
    }

    /** Takes everything off the picture. */
    remove() {
        this.stopListening.abort();
        this.overlay.remove();
    }

    listen() {
        this.stopListening = new AbortController();
        const { signal } = this.stopListening;
        const on = (name, act) => this.element.addEventListener(name, act, { signal });
        on('pointerdown', (event) => this.press(event));
        on('pointermove', (event) => this.move(event));
        on('pointerup', (event) => this.release(event));
        on('pointercancel', () => this.release(null));
        on('dblclick', (event) => {
            if (!this.kind) return;
            event.stopPropagation();
            this.close();
        });
        on('keydown', (event) => this.key(event));
    }

    press(event) {
        if (!this.kind || event.button !== 0) return;
        event.stopPropagation();
        event.preventDefault();
        if (this.pointer !== undefined && this.pointer !== null) return;
        const handle = event.target.closest?.('.draw-handle');
        const point = this.pointOf(event);
        if (handle) {
            const index = Number(handle.dataset.index);
            if (!this.isDone && this.kind === 'polygon' && index === 0 && this.points.length >= fewestPoints) return this.close();
            this.dragged = index;
        } else if (this.kind === 'rectangle') {
            this.begin([point]);
            this.origin = point;
        } else {
            if (this.isDone || this.points.length === 0) this.begin([]);
            if (this.points.length < mostPoints) this.points.push(point);
            this.dragged = this.points.length - 1;
        }
        this.pointer = event.pointerId;
        this.element.setPointerCapture(event.pointerId);
        this.changed();
    }

    move(event) {
        if (event.pointerId !== this.pointer) return;
        event.stopPropagation();
        const point = this.pointOf(event);
        if (this.dragged !== null) this.put(this.dragged, point);
        else if (this.origin) this.points = rectangle(this.origin, point);
        this.changed();
    }

    release(event) {
        if (event && event.pointerId !== this.pointer) return;
        event?.stopPropagation();
        this.pointer = null;
        const handle = this.dragged;
        this.dragged = null;
        if (this.origin) {
            this.origin = null;
            if (this.isTooSmall()) this.clear();
            else this.isDone = true;
        }
        this.changed();
        if (handle !== null) this.focus(handle);
    }

    begin(points) {
        this.points = points;
        this.isDone = false;
        this.shapeKind = this.kind;
    }

    /** Ends a polygon; what has too few points stays open. */
    close() {
        if (this.isDone || this.kind !== 'polygon') return;
        this.points = this.points.filter((point, index) => index === 0 || !this.isSame(point, this.points[index - 1]));
        if (this.points.length < fewestPoints) return;
        this.isDone = true;
        this.changed();
    }

    isSame(a, b) {
        const [from, to] = [this.surface.toScreen(a), this.surface.toScreen(b)];
        return from && to && Math.hypot(from[0] - to[0], from[1] - to[1]) < 1;
    }

    isTooSmall() {
        const { left, top, right, bottom } = bounds(this.points);
        const [from, to] = [this.surface.toScreen([left, top]), this.surface.toScreen([right, bottom])];
        return this.points.length < 4 || (from && to && (Math.abs(to[0] - from[0]) < smallest || Math.abs(to[1] - from[1]) < smallest));
    }

    put(index, point) {
        if (this.shapeKind === 'rectangle') this.points = withCorner(this.points, index, point);
        else this.points[index] = point;
    }

    /** Where an event is on the picture; on a panorama on the turn nearest to what is drawn. */
    pointOf(event) {
        const box = this.element.getBoundingClientRect();
        return this.placed(this.surface.toPicture([event.clientX - box.left, event.clientY - box.top]));
    }

    placed([x, y]) {
        const { surface } = this;
        const reference = this.origin ?? this.points.at(-1);
        const unrolled = surface.wraps && reference ? nearest(x, reference[0], surface.size.width) : x;
        return within([unrolled, y], surface.size, surface.wraps);
    }

    key(event) {
        if (!this.kind || event.ctrlKey || event.metaKey || event.altKey) return;
        const handle = event.target.closest?.('.draw-handle');
        const index = handle ? Number(handle.dataset.index) : null;
        if (!this.act(event, index)) return;
        event.preventDefault();
        event.stopPropagation();
    }

    /** True when the key meant something. */
    act(event, index) {
        const step = event.shiftKey ? far : 1;
        const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
        if (event.key === 'Escape') return this.cancel();
        if (event.key === 'Enter') return this.enter();
        if (index === null) return false;
        if (moves[event.key]) return this.nudge(index, moves[event.key]);
        if (event.key === 'Delete' || event.key === 'Backspace') return this.drop(index);
        return false;
    }

    cancel() {
        const had = this.points.length > 0;
        this.clear();
        this.changed();
        if (had) this.element.focus({ preventScroll: true });
        else this.onCancel();
        return true;
    }

    /** Closes an open polygon, or puts a shape into the middle of the view where there is none. */
    enter() {
        if (this.points.length > 0) {
            this.close();
            return true;
        }
        const { clientWidth, clientHeight } = this.surface.element;
        const reach = Math.min(clientWidth, clientHeight) / 10;
        const corner = (x, y) => this.surface.toPicture([clientWidth / 2 + x * reach, clientHeight / 2 + y * reach]);
        this.points = [this.placed(corner(-1, -1))];
        this.points = rectangle(this.points[0], this.placed(corner(1, 1)));
        this.shapeKind = this.kind;
        this.isDone = true;
        this.changed();
        this.focus(0);
        return true;
    }

    nudge(index, [dx, dy]) {
        const at = this.surface.toScreen(this.points[index]);
        if (!at) return true;
        const [x, y] = this.surface.toPicture([at[0] + dx, at[1] + dy]);
        const { size, wraps } = this.surface;
        const unrolled = wraps ? nearest(x, this.points[index][0], size.width) : x;
        this.put(index, within([unrolled, y], size, wraps));
        this.changed();
        this.focus(index);
        return true;
    }

    /** Removes a point; a rectangle, and a polygon of three, goes as a whole. */
    drop(index) {
        if (this.shapeKind === 'rectangle' || (this.isDone && this.points.length <= fewestPoints)) this.clear();
        else this.points.splice(index, 1);
        this.changed();
        if (this.points.length) this.focus(Math.max(0, index - 1));
        else this.element.focus({ preventScroll: true });
        return true;
    }

    focus(index) { this.handles.children[index]?.focus({ preventScroll: true }); }

    changed() {
        this.redraw();
        this.onChange(this.shape);
    }

    /** To be called when the view of the picture has moved. */
    redraw() {
        this.overlay.redraw();
        const isClosed = this.isDone || this.shapeKind === 'rectangle';
        this.outline.setAttribute('d', this.points.length > 1 ? this.overlay.path(this.points, isClosed) : '');
        this.outline.classList.toggle('is-done', this.isDone);
        this.drawHandles();
    }

    /** Handles are kept while they can be, so that the one with the focus keeps it. */
    drawHandles() {
        const shown = this.kind && (this.isDone || this.kind === 'polygon') ? this.points : [];
        while (this.handles.children.length > shown.length) this.handles.lastChild.remove();
        while (this.handles.children.length < shown.length) this.handles.append(this.handle(this.handles.children.length));
        shown.forEach((point, index) => {
            const at = this.surface.toScreen(point);
            const handle = this.handles.children[index];
            handle.style.display = at ? '' : 'none';
            if (at) handle.setAttribute('transform', `translate(${at[0].toFixed(1)} ${at[1].toFixed(1)})`);
        });
    }

    handle(index) {
        // The outer circle is what a finger meets.
        const handle = svg('g', { class: 'draw-handle', tabindex: '0', role: 'button', 'aria-label': this.pointName(index + 1) },
            svg('circle', { r: '16', class: 'draw-reach' }), svg('circle', { r: '6', class: 'draw-dot' }));
        handle.dataset.index = String(index);
        return handle;
    }
}
