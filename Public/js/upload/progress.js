// How far the sending is: figures, bar, list; drawn at most five times a second.

import { FileList } from './file-list.js';
import { Estimate } from './estimate.js';
import { describe, isOpen, tabOf, tabs } from './states.js';
import { find } from '../dom.js';
import { say, bytes, duration, number } from '../words.js';

/** Shows `records`; `changed()` may be called as often as one likes. */
export class Progress {
    constructor() {
        this.records = [];
        this.tab = 'all';
        this.isBusy = false;
        this.estimate = new Estimate();
        this.list = new FileList(find('#files'), describe);
        for (const name of tabs) find(`#filter-${name}`).addEventListener('click', () => { this.tab = name; this.draw(); });
    }

    changed() {
        if (this.isDue) return;
        this.isDue = true;
        setTimeout(() => { this.isDue = false; this.draw(); }, 200);
    }

    draw() {
        const counts = { all: this.records.length, open: 0, done: 0, refused: 0 };
        let doneBytes = 0;
        let allBytes = 0;
        for (const record of this.records) {
            counts[tabOf(record)] += 1;
            allBytes += record.size;
            doneBytes += isOpen(record) ? record.sent : record.size;
        }
        this.estimate.record(doneBytes);
        this.drawFigures(counts, doneBytes, allBytes);
        for (const name of tabs) {
            find(`#filter-${name} .count`).textContent = number(counts[name]);
            find(`#filter-${name}`).setAttribute('aria-pressed', String(this.tab === name));
        }
        this.list.show(this.tab === 'all' ? this.records : this.records.filter((record) => tabOf(record) === this.tab));
    }

    drawFigures(counts, doneBytes, allBytes) {
        const done = counts.done + counts.refused;
        const share = allBytes ? doneBytes / allBytes : counts.all ? done / counts.all : 0;
        find('#overall-bar > span').style.width = `${(share * 100).toFixed(1)}%`;
        find('#overall-bar').setAttribute('aria-valuenow', Math.floor(share * 100));
        find('#overall-count').textContent = say('progressFiles', { done, all: counts.all });
        find('#overall-bytes').textContent = say('progressBytes', { done: bytes(doneBytes), all: bytes(allBytes) });
        const left = this.estimate.secondsLeft(allBytes - doneBytes);
        find('#overall-left').textContent = left && this.isBusy
            ? say('progressLeft', { time: duration(left), speed: `${bytes(this.estimate.speed)}/s` }) : '';
    }
}
