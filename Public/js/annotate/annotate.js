// Labelling the pictures of a sequence: one class for each, or boxes on them.

import { pause } from '../api.js';
import { forget, preload } from '../explore/pictures.js';
import { Stage } from '../explore/stage.js';
import { find, markReady } from '../dom.js';
import { say } from '../words.js';
import { Boxes } from './boxes.js';
import { Canvas } from './canvas.js';
import { followKeys } from './keys.js';
import { Outbox } from './outbox.js';
import { Panel } from './panel.js';
import { Work } from './work.js';

const patience = 5000; // milliseconds

class Labelling {
    constructor(main) {
        const { sequence, scheme, account, key, subject } = main.dataset;
        this.scheme = scheme;
        this.isBox = subject === 'box';
        this.main = main;
        this.undoing = [];
        this.chosen = null;
        this.work = new Work(scheme, sequence);
        this.panel = new Panel(main, {
            onClass: (value) => this.choose(value), onChoose: (box) => this.take(box), onRemove: (box) => this.remove(box),
        });
        this.value = this.panel.values[0];
        this.outbox = new Outbox(`wayside-labels-${account}`, {
            onChange: () => this.panel.unsaved(this.outbox?.count ?? 0, this.outbox?.isWaiting ?? false),
            onSaved: (change, answer) => this.boxes.saved(change, answer), onRefused: (change, error) => this.refused(change, error),
        });
        this.boxes = new Boxes(key, this.panel.values, this.outbox);
        this.stage = new Stage({
            within: find('.pane-picture'), onShown: (picture) => this.shown(picture), onView: () => this.canvas?.redraw(),
        });
        this.canvas = this.isBox ? new Canvas(this.stage, {
            onDrawn: (rings) => this.drawn(rings), onTap: (box) => this.take(box),
        }) : null;
    }

    get state() { return this.work.current; }

    async begin() {
        // What was left from before goes first, so that the list knows of it.
        const left = this.outbox.changes[0];
        if (left && await this.outbox.send(left)) await Promise.race([this.outbox.run(), pause(patience)]);
        this.outbox.run();
        try {
            await this.work.load();
        } catch (error) {
            this.panel.fail(error.status === 401 ? say('signedOut') : say('listFailed'));
            return;
        }
        this.outbox.changes.forEach((change) => this.work.expect(change));
        const asked = this.work.indexOf(/pic=([0-9a-f-]{36})/.exec(window.location.hash)?.[1]);
        this.update();
        if (this.work.states.length === 0) this.panel.fail(say('noneHere'));
        else await this.show(asked >= 0 ? asked : Math.max(0, this.work.nextOpen(-1)));
    }

    /** Shows the picture at a place of the list. */
    async show(index) {
        if (index < 0 || index >= this.work.states.length) return;
        this.work.index = index;
        this.chosen = null;
        this.update();
        history.replaceState(null, '', `${window.location.pathname}${window.location.search}#pic=${this.state.id}`);
        await this.stage.show(this.state.id);
        const open = this.work.states[this.work.nextOpen(this.work.index)];
        if (open) preload(open.id);
    }

    shown(picture) {
        this.panel.place(picture, this.work.indexOf(picture.id), this.work.states.length);
        this.main.dataset.shown = picture.id;
        this.canvas?.begin();
        this.update();
    }

    /** Whether the picture on screen is the one that is meant: only then there is something to say of it. */
    get isShown() { return this.stage.picture !== null && this.stage.picture.id === this.state?.id; }

    get shownBoxes() { return this.isBox && this.isShown ? this.boxes.of(this.stage.picture) : []; }

    update() {
        const { states, index } = this.work;
        const boxes = this.shownBoxes;
        if (this.isBox && this.isShown) this.state.boxes = boxes.length;
        this.panel.progress(this.work.done, states.length);
        this.panel.press(this.isBox ? [this.chosen?.value ?? this.value] : this.state?.values ?? []);
        this.panel.list(boxes, this.chosen);
        for (const box of boxes) Object.assign(box, { colour: this.panel.colour(box.value), title: this.panel.title(box.value) });
        this.canvas?.show(boxes, this.chosen);
        find('#do-previous').disabled = index <= 0;
        find('#do-next').disabled = index >= states.length - 1;
        find('#do-undo').disabled = this.undoing.length === 0;
        const clear = document.querySelector('#do-clear');
        if (clear) clear.disabled = !this.state?.values.length;
    }

    /** A class of the picture, or of the box that is chosen or comes next. */
    choose(value) {
        if (!this.isBox) return this.say(value);
        if (!this.chosen) this.value = value;
        else if (this.chosen.value !== value) this.reclass(this.chosen, value);
        this.update();
    }

    async say(value) {
        if (!this.isShown) return;
        const { state } = this, index = this.work.index, before = state.values[0] ?? null;
        this.put(state, { value }, () => { state.values = value === null ? [] : [value]; });
        this.remember(index, () => this.put(state, { value: before }, () => { state.values = before === null ? [] : [before]; }));
        this.panel.announce(value === null ? say('saidNone') : this.panel.title(value));
        if (value !== null) await this.goOn(index);
    }

    put(state, body, act) {
        act();
        this.outbox.add({ method: 'PUT', path: `/api/class_schemes/${this.scheme}/pictures/${state.id}`, picture: state.id, body });
        this.panel.fail(null);
        this.update();
    }

    /** Boxes: this picture is looked through. Then, as for whole pictures, the next of which nothing was said. */
    async done() {
        const { state } = this, index = this.work.index;
        // A picture that is not on screen yet has not been looked through.
        if (!state || (this.isBox && !this.isShown)) return;
        if (this.isBox && state.boxes === 0 && !state.looked_through) {
            const mark = (is) => this.put(state, { looked_through: is }, () => { state.looked_through = is; });
            mark(true);
            this.remember(index, () => mark(false));
            this.panel.announce(say('lookedThrough'));
        }
        await this.goOn(index);
    }

    async goOn(index) {
        const next = this.work.nextOpen(index);
        if (next >= 0 && next !== index) return this.show(next);
        if (next < 0) this.panel.announce(say('finished'));
    }

    drawn(rings) {
        const { id } = this.state, index = this.work.index;
        if (!this.isShown) return;
        const added = rings.map((ring) => this.boxes.add(id, ring, this.value));
        this.remember(index, () => added.forEach((box) => this.boxes.remove(id, box)));
        this.panel.announce(say('boxAdded', { title: this.panel.title(this.value) }));
        this.update();
    }

    take(box) {
        this.chosen = box;
        this.update();
    }

    reclass(box, value) {
        const { id } = this.state, before = box.value;
        this.boxes.change(id, box, value);
        this.remember(this.work.index, () => this.boxes.change(id, box, before));
    }

    remove(box) {
        if (!box || !this.isShown) return;
        const { id } = this.state;
        this.boxes.remove(id, box);
        this.chosen = null;
        this.remember(this.work.index, () => this.boxes.add(id, box.ring, box.value, box));
        this.panel.announce(say('boxDeleted', { title: this.panel.title(box.value) }));
        this.update();
        this.canvas.drawing?.element.focus({ preventScroll: true });
    }

    remember(index, undo) {
        this.undoing.push({ index, undo });
        this.update();
    }

    /** Takes the last step back, on the picture that it was about. */
    async undo() {
        const last = this.undoing.pop();
        if (!last) return;
        last.undo();
        const state = this.work.states[last.index];
        if (this.isBox) state.boxes = this.boxes.known.get(state.id)?.length ?? state.boxes;
        if (last.index !== this.work.index) await this.show(last.index);
        this.chosen = null;
        this.update();
        this.panel.announce(say('undone'));
    }

    /** What the server does not take is not so: everything is read anew. */
    async refused(change, error) {
        this.panel.fail(say('refused', { reason: error.message }));
        this.undoing = [];
        this.boxes.forget(change.picture);
        forget(change.picture);
        const shown = this.state?.id;
        await this.work.load().catch(() => {});
        await this.show(Math.max(0, this.work.indexOf(shown)));
    }

    move() {
        if (!this.canvas) return;
        this.canvas.move(!this.canvas.moves);
        find('#do-move').setAttribute('aria-pressed', String(this.canvas.moves));
    }

    follow() {
        const step = (by) => () => this.show(this.work.index + by);
        const view = () => this.stage.view;
        const actions = {
            next: step(1), previous: step(-1), done: () => this.done(), undo: () => this.undo(),
            has: (digit) => this.panel.valueOf(digit) !== undefined, digit: (digit) => this.choose(this.panel.valueOf(digit)),
            clear: () => { if (!this.isBox && this.state?.values.length) this.say(null); },
            place: () => this.canvas?.place(), move: () => this.move(), remove: () => this.remove(this.chosen),
            release: () => this.take(null), help: () => find('#help').showModal(),
            zoomIn: () => view()?.zoom(1.5), zoomOut: () => view()?.zoom(1 / 1.5), pan: (dx, dy) => view()?.pan(dx, dy),
        };
        followKeys(actions);
        const buttons = {
            'do-next': 'next', 'do-previous': 'previous', 'do-undo': 'undo', 'do-done': 'done', 'do-clear': 'clear',
            'do-move': 'move', 'do-help': 'help', 'do-zoom-in': 'zoomIn', 'do-zoom-out': 'zoomOut',
        };
        for (const [id, name] of Object.entries(buttons)) {
            document.getElementById(id)?.addEventListener('click', () => actions[name]());
        }
    }
}

const labelling = new Labelling(find('main.annotate'));
labelling.follow();
await labelling.begin();
markReady();
