// Which lines are ticked: one by one, a run of them with the shift key, or all of the page.

import { say } from '../words.js';

export class Selection {
    /**
     * @param {HTMLFormElement} form
     * @param {() => void} onChange called after a run or the whole page was ticked
     */
    constructor(form, onChange) {
        this.form = form;
        this.onChange = onChange;
        /** @type {HTMLInputElement[]} */
        this.boxes = [...form.querySelectorAll('input[name="id"]')];
        this.every = form.querySelector('#every');
        this.every.closest('label').hidden = false;
        /** @type {HTMLInputElement | undefined} the last one that was ticked by itself */
        this.last = undefined;
        this.isShifted = false;
        this.every.addEventListener('change', () => this.setAll(this.every.checked));
        form.addEventListener('pointerdown', (event) => { this.isShifted = event.shiftKey; }, true);
        form.addEventListener('keydown', (event) => this.pressed(event), true);
        for (const box of this.boxes) box.addEventListener('change', () => this.ticked(box));
        this.tell();
    }

    get count() { return this.ids.length; }

    /** @returns {string[]} */
    get ids() { return this.boxes.filter((box) => box.checked).map((box) => box.value); }

    /** @param {HTMLInputElement} box */
    ticked(box) {
        if (this.isShifted && this.last && this.last !== box) {
            const [from, to] = [this.boxes.indexOf(this.last), this.boxes.indexOf(box)].toSorted((a, b) => a - b);
            for (const each of this.boxes.slice(from, to + 1)) each.checked = box.checked;
        }
        this.last = box;
        this.tell();
    }

    /** @param {KeyboardEvent} event */
    pressed(event) {
        this.isShifted = event.shiftKey;
        const at = this.boxes.indexOf(event.target);
        if (at < 0) return;
        if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            this.setAll(true);
            this.onChange();
        }
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        const next = step && this.boxes[at + step];
        if (!next) return;
        event.preventDefault();
        next.focus();
        if (!event.shiftKey) return;
        next.checked = event.target.checked;
        this.last = next;
        this.tell();
        this.onChange();
    }

    /** @param {boolean} isTicked */
    setAll(isTicked) {
        for (const box of this.boxes) box.checked = isTicked;
        this.tell();
    }

    tell() {
        this.every.checked = this.count === this.boxes.length;
        this.every.indeterminate = this.count > 0 && !this.every.checked;
        this.form.querySelector('#chosen').textContent = this.count ? say('chosen', { n: this.count }) : '';
    }
}
