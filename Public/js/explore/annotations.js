// What people and models said of regions of the picture, as outlines over it, each with its words.

import { FlatSurface } from '../draw/flat-surface.js';
import { SphereSurface } from '../draw/sphere-surface.js';
import { Overlay, svg } from '../draw/overlay.js';
import { say, knows, number } from '../words.js';
import { outlineOf, redactionsOf } from './redactions.js';

/** The layer over the picture of `stage` (a Stage); hidden until it is switched on. */
export class AnnotationLayer {
    constructor(stage) {
        this.stage = stage;
        this.isOn = false;
        this.overlay = null;
    }

    toggle(isOn = !this.isOn) {
        this.isOn = isOn;
        this.show();
    }

    /** How many outlines the picture on screen has. */
    get count() { return this.annotations.length; }

    get annotations() { return this.stage.picture?.properties.annotations ?? []; }

    /** To be called when another picture is on screen. */
    show() {
        this.overlay?.remove();
        this.overlay = null;
        const { picture, view } = this.stage;
        if (!this.isOn || !picture?.width || !view) return;
        this.overlay = new Overlay(this.surface(picture, view));
        this.overlay.element.classList.add('annotations');
        this.overlay.element.setAttribute('role', 'img');
        this.overlay.element.setAttribute('aria-label', this.annotations.map(text).join('; ') || say('noAnnotations'));
        this.labels = svg('g');
        this.overlay.element.append(this.labels);
        this.outlines = this.annotations.map((annotation) => ({
            points: annotation.shape.coordinates[0].slice(0, -1), className: kind(annotation), words: text(annotation),
        }));
        this.overlay.show(this.outlines);
        this.drawLabels();
        this.addHidden(picture, this.overlay);
    }

    /** What is hidden in the picture is outlined too, once it is known. */
    async addHidden(picture, overlay) {
        const { redactions } = await redactionsOf(picture.id).catch(() => ({ redactions: [] }));
        if (overlay !== this.overlay) return;
        this.outlines.push(...redactions.map((redaction) => ({
            points: outlineOf(redaction), className: 'is-hidden', words: say(`hidden_${redaction.subject}`),
        })));
        overlay.show(this.outlines);
        this.drawLabels();
    }

    surface(picture, view) {
        const size = { width: picture.width, height: picture.height };
        return view === this.stage.sphere
            ? new SphereSurface(view, size) : new FlatSurface(this.stage.element, () => view.image, size);
    }

    /** To be called when the view of the picture has moved. */
    redraw() {
        if (!this.overlay) return;
        this.overlay.redraw();
        this.drawLabels();
    }

    drawLabels() {
        const { surface } = this.overlay;
        this.labels.replaceChildren(...this.outlines.flatMap(({ points, words }) => {
            const seen = points.map((point) => surface.toScreen(point));
            if (seen.some((at) => at === null)) return [];
            const x = Math.min(...seen.map((at) => at[0]));
            const y = Math.min(...seen.map((at) => at[1]));
            return [svg('text', { class: 'annotation-words', x: x.toFixed(1), y: Math.max(14, y - 5).toFixed(1) }, words)];
        }));
    }
}

/** Style of the outline: what only models say looks different from what a person said. */
function kind(annotation) { return annotation['wayside:findings']?.length ? 'is-finding' : 'is-person'; }

/** Class and score of findings; else the tags themselves. */
function text(annotation) {
    const findings = annotation['wayside:findings'] ?? [];
    const found = findings.map((finding) => {
        const name = knows(`object_${finding.class}`) ? say(`object_${finding.class}`) : finding.class;
        return `${name} ${number(finding.score * 100)} %`;
    });
    const isDerived = (key) => key === 'wayside|object' || /^detection_(model|confidence)\[/.test(key);
    const said = annotation.semantics.filter((tag) => !(findings.length && isDerived(tag.key)))
        .map((tag) => `${tag.key} = ${tag.value}`);
    return [...found, ...said].join(', ');
}
