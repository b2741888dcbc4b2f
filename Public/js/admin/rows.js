// Two lines over a picture that say which of its rows are searched; each follows its number and the other way round.

import { make } from '../dom.js';
import { say } from '../words.js';

const narrowest = 10; // percent that must be searched

/** `sky` and `bonnet` are number inputs in percent of the picture's height from its top. */
export function followRows(stage, sky, bonnet) {
    const above = make('div', { class: 'row-band' });
    const below = make('div', { class: 'row-band is-bonnet' });
    const lines = [
        new Line(stage, sky, say('skyLine'), () => [0, value(bonnet, 100) - narrowest]),
        new Line(stage, bonnet, say('bonnetLine'), () => [value(sky, 0) + narrowest, 100]),
    ];
    stage.append(above, below, ...lines.map((line) => line.element));
    const redraw = () => {
        above.style.height = `${value(sky, 0)}%`;
        below.style.top = `${value(bonnet, 100)}%`;
        for (const line of lines) line.redraw();
    };
    for (const input of [sky, bonnet]) input.addEventListener('input', redraw);
    redraw();
}

function value(input, fallback) {
    const number = Number.parseFloat(input.value);
    return Number.isFinite(number) ? Math.min(100, Math.max(0, number)) : fallback;
}

/** A line that is dragged, or moved by the arrow keys (Shift: farther). */
class Line {
    constructor(stage, input, name, limits) {
        Object.assign(this, { stage, input, limits });
        this.element = make('div', {
            class: 'row-line', role: 'slider', tabIndex: 0, 'aria-label': name, 'aria-orientation': 'vertical',
            'aria-valuemin': '0', 'aria-valuemax': '100',
            onpointerdown: (event) => this.press(event), onpointermove: (event) => this.move(event),
            onkeydown: (event) => this.key(event),
        });
    }

    press(event) {
        event.preventDefault();
        this.element.focus({ preventScroll: true });
        this.element.setPointerCapture(event.pointerId);
    }

    move(event) {
        if (!this.element.hasPointerCapture(event.pointerId)) return;
        const { top, height } = this.stage.getBoundingClientRect();
        this.set((event.clientY - top) / Math.max(1, height) * 100);
    }

    key(event) {
        const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10 };
        const step = steps[event.key];
        if (!step) return;
        event.preventDefault();
        this.set(value(this.input, 0) + step * (event.shiftKey ? 5 : 1));
    }

    set(percent) {
        const [least, most] = this.limits();
        this.input.value = String(Math.round(Math.min(most, Math.max(least, percent)) * 10) / 10);
        this.input.dispatchEvent(new Event('input', { bubbles: true }));
    }

    redraw() {
        const percent = value(this.input, 0);
        this.element.style.top = `${percent}%`;
        this.element.setAttribute('aria-valuenow', String(percent));
        this.element.setAttribute('aria-valuetext', `${percent} %`);
    }
}
