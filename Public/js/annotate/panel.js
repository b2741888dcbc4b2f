// What stands beside the picture: the classes, the boxes, how far it has come, what is not saved yet.

import { find, make } from '../dom.js';
import { number, say } from '../words.js';

const namespace = 'http://www.w3.org/2000/svg';

export class Panel {
    /** `onClass(value)`, `onChoose(box)` and `onRemove(box)` after a click. */
    constructor(main, { onClass, onChoose, onRemove }) {
        this.main = main;
        this.onChoose = onChoose;
        this.onRemove = onRemove;
        this.buttons = [...find('#classes').querySelectorAll('button')];
        for (const button of this.buttons) button.addEventListener('click', () => onClass(button.dataset.value));
    }

    get values() { return this.buttons.map((button) => button.dataset.value); }

    /** The value that a digit stands for, or undefined. */
    valueOf(digit) { return this.buttons.find((button) => button.dataset.digit === digit)?.dataset.value; }

    title(value) {
        return this.buttonOf(value) ? find('span', this.buttonOf(value)).textContent : value;
    }

    colour(value) { return this.buttonOf(value)?.dataset.colour ?? '#ffffff'; }

    buttonOf(value) { return this.buttons.find((button) => button.dataset.value === value); }

    press(values) {
        for (const button of this.buttons) {
            button.setAttribute('aria-pressed', String(values.includes(button.dataset.value)));
        }
    }

    progress(done, all) {
        const bar = find('#progress progress');
        bar.max = Math.max(1, all);
        bar.value = done;
        find('#progress span').textContent = say('doneOf', { done: number(done), all: number(all) });
    }

    /** What waits to be saved; said once it has failed for the first time. */
    unsaved(count, isWaiting) {
        this.main.dataset.unsaved = String(count);
        const note = find('#unsaved');
        note.hidden = !isWaiting || count === 0;
        note.textContent = note.hidden ? '' : say('unsaved', { n: count });
    }

    fail(text) {
        const note = find('#failed');
        note.hidden = !text;
        note.textContent = text ?? '';
    }

    announce(text) { find('#announcement').textContent = text; }

    place(picture, index, all) {
        const title = find('#picture-title');
        title.hidden = !picture;
        if (!picture) return;
        find('strong', title).textContent = (picture.capturedAt ?? '').slice(0, 19).replace('T', ' ');
        find('span', title).textContent = say('place', { rank: number(index + 1), all: number(all) });
    }

    /** The boxes of the picture, each with a button to choose it and one to delete it. */
    list(boxes, chosen) {
        const list = document.querySelector('#boxes');
        if (!list) return;
        find('#no-boxes').hidden = boxes.length > 0;
        list.replaceChildren(...boxes.map((box, index) => {
            const values = { number: String(index + 1), title: this.title(box.value) };
            return make('li', {},
                make('button', {
                    type: 'button', class: 'box-choice', 'aria-pressed': String(box === chosen),
                    'aria-label': say('chooseBox', values), onclick: () => this.onChoose(box),
                }, this.dot(box.value), `${index + 1} · ${values.title}`),
                make('button', {
                    type: 'button', class: 'button small danger', 'aria-label': say('deleteBox', values),
                    onclick: () => this.onRemove(box),
                }, '×'));
        }));
    }

    dot(value) {
        const dot = document.createElementNS(namespace, 'svg');
        dot.setAttribute('class', 'class-dot');
        dot.setAttribute('viewBox', '0 0 10 10');
        dot.setAttribute('aria-hidden', 'true');
        const circle = document.createElementNS(namespace, 'circle');
        for (const [key, text] of Object.entries({ cx: '5', cy: '5', r: '5', fill: this.colour(value) })) circle.setAttribute(key, text);
        dot.append(circle);
        return dot;
    }
}
