// Correcting what is hidden in the picture on screen: draw what was missed, say what is wrong.

import { Drawing } from '../draw/drawing.js';
import { FlatSurface } from '../draw/flat-surface.js';
import { SphereSurface } from '../draw/sphere-surface.js';
import { find, make } from '../dom.js';
import { number, say } from '../words.js';
import { hide, outlineOf, redactionsOf, show, showFrom, untilDone } from './redactions.js';

/** The tools in #correct. `onRedone(id)` once a picture was made anew, to show it again. */
export class Correcting {
    constructor(stage, { onRedone }) {
        this.stage = stage;
        this.onRedone = onRedone;
        this.panel = find('#correct');
        this.message = find('#correct-message');
        this.list = find('#correct-list');
        this.drawing = null;
        this.work = null;
        for (const kind of ['rectangle', 'polygon', 'move']) {
            find(`#correct-${kind}`).addEventListener('click', () => this.choose(kind));
        }
        find('#correct-hide').addEventListener('click', () => this.save());
        find('#correct-clear').addEventListener('click', () => this.clear());
        find('#correct-close').addEventListener('click', () => this.end());
        this.panel.addEventListener('keydown', (event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            this.end();
        });
    }

    get isOpen() { return !this.panel.hidden; }

    toggle() { return this.isOpen ? this.end() : this.begin(); }

    async begin() {
        const { picture } = this.stage;
        if (!picture) return;
        this.panel.hidden = false;
        this.announce('');
        this.panel.dataset.state = 'loading';
        find('#do-hide').setAttribute('aria-expanded', 'true');
        this.picture = picture;
        try {
            this.fill(await redactionsOf(picture.id));
        } catch (error) {
            this.fail(error);
        }
    }

    end() {
        this.work?.abort();
        this.work = null;
        this.drawing?.remove();
        this.drawing = null;
        this.panel.hidden = true;
        this.stage.element.setAttribute('role', 'img');
        find('#do-hide').setAttribute('aria-expanded', 'false');
        find('#do-hide').focus({ preventScroll: true });
    }

    /** Another picture is on screen. */
    left(picture) { if (this.isOpen && picture.id !== this.picture?.id) this.end(); }

    /** The view has moved. */
    redraw() { this.drawing?.redraw(); }

    fill(redactions) {
        this.redactions = redactions.redactions;
        const size = { width: redactions.width, height: redactions.height };
        this.drawing?.remove();
        this.drawing = new Drawing(this.surface(size), {
            onChange: (shape) => this.drew(shape), onCancel: () => this.end(),
            pointName: (n) => say('hidePoint', { n }),
        });
        // What is inside an image is nothing to screen readers; here it is.
        this.stage.element.setAttribute('role', 'group');
        this.outline(null);
        this.list.replaceChildren(...this.redactions.map((redaction, index) => this.entry(redaction, index)));
        find('#correct-none').hidden = this.redactions.length > 0;
        this.panel.dataset.state = 'ready';
        this.drew(null);
        this.choose('rectangle');
    }

    surface(size) {
        const { stage } = this;
        return stage.view === stage.sphere
            ? new SphereSurface(stage.sphere, size) : new FlatSurface(stage.element, () => stage.flat.image, size);
    }

    /** Draws what is hidden; `chosen` stands out. */
    outline(chosen) {
        this.drawing?.overlay.show(this.redactions.map((redaction, index) => ({
            points: outlineOf(redaction), title: this.name(redaction, index),
            className: `${redaction.by === 'person' ? 'is-person' : ''} ${redaction === chosen ? 'is-chosen' : ''}`,
        })));
    }

    name(redaction, index) {
        const names = { face: say('hideFace'), plate: say('hidePlate'), region: say('hideRegion'), mask: say('hideMask') };
        return `${index + 1}. ${names[redaction.subject] ?? redaction.subject}`;
    }

    entry(redaction, index) {
        const score = redaction.score ? ` (${number(redaction.score * 100)} %)` : '';
        const wrong = redaction.by === 'mask' ? null : make('button', {
            type: 'button', class: 'button small', onclick: () => this.refute(redaction),
        }, say('hideWrong'));
        const choose = () => this.outline(redaction);
        return make('li', { onpointerenter: choose, onfocusin: choose, onpointerleave: () => this.outline(null) },
            make('span', {}, this.name(redaction, index) + score), wrong);
    }

    choose(kind) {
        for (const each of ['rectangle', 'polygon', 'move']) {
            find(`#correct-${each}`).setAttribute('aria-pressed', String(each === kind));
        }
        this.drawing?.start(kind === 'move' ? null : kind);
    }

    drew(shape) {
        find('#correct-hide').disabled = !shape?.isDone;
        find('#correct-clear').disabled = !shape;
    }

    clear() {
        this.drawing?.clear();
        this.drawing?.changed();
    }

    save() {
        const shape = this.drawing?.shape;
        if (shape?.isDone) this.change(() => hide(this.picture.id, shape));
    }

    async refute(redaction) {
        await this.change(() => show(this.picture.id, redaction.id), (error) => {
            if (error.body?.details?.reason !== 'original_needed') return false;
            this.askForOriginal(redaction, error.body.details);
            return true;
        });
    }

    askForOriginal(redaction, { name, original }) {
        const input = make('input', { type: 'file', accept: 'image/jpeg', id: 'correct-original' });
        input.addEventListener('change', () => {
            const [file] = input.files;
            if (file) this.change(() => showFrom(this.picture.id, redaction.id, file));
        });
        this.announce(original === 'sealed' ? say('hideSealed', { name }) : say('hideNeedsOriginal', { name }), true);
        this.message.append(make('label', {}, say('hideSendOriginal'), input));
        input.focus();
    }

    /** Does something that has the picture made anew, and waits until it is. */
    async change(act, understands = () => false) {
        if (this.panel.dataset.state === 'working') return;
        const { id } = this.picture;
        this.work = new AbortController();
        this.panel.dataset.state = 'working';
        this.announce(say('hideWorking'));
        try {
            await act();
            if (!await untilDone(id, this.work.signal)) return;
            await this.onRedone(id);
            this.fill(await redactionsOf(id));
            this.announce(say('hideDone'));
        } catch (error) {
            this.panel.dataset.state = 'ready';
            if (!understands(error)) this.fail(error);
        }
    }

    fail(error) {
        if (this.panel.dataset.state === 'loading') this.panel.dataset.state = 'failed';
        const reason = error.body?.details?.reason;
        if (error.status === 403 || error.status === 404) this.announce(say('hideForbidden'), true);
        else if (reason === 'not_the_original') this.announce(say('hideOtherFile', { name: this.picture.properties['original_file:name'] ?? '' }), true);
        else if (error.status === 401) this.announce(say('signedOut'), true);
        else this.announce(say('hideFailed'), true);
    }

    announce(text, isBad = false) {
        this.message.replaceChildren(text);
        this.message.classList.toggle('bad', isBad);
    }
}
