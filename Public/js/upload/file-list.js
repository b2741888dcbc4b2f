// A list of any length of which only the rows in sight exist.

import { make, icon } from '../dom.js';
import { bytes } from '../words.js';

const rowHeight = 44;

/** Shows records in `element`; `describe(record)` gives { text, tone, icon?, share? } for its state. */
export class FileList {
    constructor(element, describe) {
        this.element = element;
        this.describe = describe;
        this.records = [];
        this.rows = new Map();
        this.space = make('div');
        element.append(this.space);
        element.addEventListener('scroll', () => this.draw(), { passive: true });
        new ResizeObserver(() => this.draw()).observe(element);
    }

    show(records) {
        this.records = records;
        this.space.style.height = `${records.length * rowHeight}px`;
        this.element.hidden = records.length === 0;
        this.draw();
    }

    draw() {
        const first = Math.max(0, Math.floor(this.element.scrollTop / rowHeight) - 3);
        const last = Math.min(this.records.length, first + Math.ceil(this.element.clientHeight / rowHeight) + 6);
        for (const [index, row] of this.rows) {
            if (index < first || index >= last) { row.element.remove(); this.rows.delete(index); }
        }
        for (let index = first; index < last; index += 1) this.drawRow(index, this.records[index]);
    }

    drawRow(index, record) {
        let row = this.rows.get(index);
        if (!row) {
            row = this.makeRow();
            row.element.style.top = `${index * rowHeight}px`;
            this.rows.set(index, row);
            this.space.append(row.element);
        }
        if (row.record !== record) {
            row.record = record;
            row.shown = null;
            row.path.textContent = `\u200e${record.path}`;
            row.path.title = record.path;
            row.size.textContent = bytes(record.size);
        }
        const { text, tone, icon: name, share } = this.describe(record);
        const shown = `${text}|${tone}|${name}|${share !== undefined}`;
        if (row.shown !== shown) {
            row.shown = shown;
            row.state.className = `state ${tone}`;
            row.fill = make('span');
            row.state.replaceChildren(...(name ? [icon(name)] : []),
                share !== undefined ? make('div', { class: 'bar' }, row.fill) : make('span', { title: text }, text));
        }
        if (share !== undefined) row.fill.style.width = `${Math.round(share * 100)}%`;
    }

    makeRow() {
        const path = make('span', { class: 'path' });
        const size = make('span', { class: 'size' });
        const state = make('span', { class: 'state' });
        return { element: make('div', { class: 'file-row' }, path, size, state), path, size, state };
    }
}
