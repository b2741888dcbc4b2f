// Masks of a camera label: shown on one of its pictures, and drawn there.

import { Drawing } from '../draw/drawing.js';
import { FlatSurface } from '../draw/flat-surface.js';
import { find } from '../dom.js';
import { say } from '../words.js';

/** `stage` holds the picture; its form takes the corners of what is drawn. */
export function drawMasks(stage) {
    const image = find('img', stage);
    const size = { width: Number(image.getAttribute('width')), height: Number(image.getAttribute('height')) };
    const form = document.querySelector('#mask-form');
    const drawing = new Drawing(new FlatSurface(stage, () => image, size), {
        onChange: (shape) => fill(form, shape, size), pointName: (number) => say('corner', { number: String(number) }),
    });
    showMasks(drawing, size);
    if (form) followTools(form, drawing);
    // The picture takes its place when it has come, and another when the window changes.
    new ResizeObserver(() => drawing.redraw()).observe(stage);
    image.addEventListener('load', () => drawing.redraw());
}

function showMasks(drawing, size) {
    const rows = [...document.querySelectorAll('#mask-list tr[data-points]')];
    const show = (chosen) => drawing.overlay.show(rows.map((row, index) => ({
        points: row.dataset.points.split(' ').map((pair) => {
            const [x, y] = pair.split(',').map(Number);
            return [x * size.width, y * size.height];
        }),
        className: row === chosen ? 'is-chosen' : '', title: say('maskTitle', { number: String(index + 1) }),
    })));
    for (const row of rows) {
        for (const event of ['pointerenter', 'focusin']) row.addEventListener(event, () => show(row));
        for (const event of ['pointerleave', 'focusout']) row.addEventListener(event, () => show(null));
    }
    show(null);
}

function followTools(form, drawing) {
    const tools = find('#mask-tools', form);
    const help = find('#draw-help', form);
    const discard = find('#mask-discard', form);
    const choices = [...tools.querySelectorAll('[data-draw]')];
    const begin = (kind) => {
        drawing.start(kind);
        drawing.onChange(drawing.shape);
        for (const choice of choices) choice.setAttribute('aria-pressed', String(choice.dataset.draw === kind));
        help.hidden = !kind;
        if (kind) help.textContent = say(kind === 'rectangle' ? 'helpRectangle' : 'helpPolygon');
    };
    for (const choice of choices) {
        choice.addEventListener('click', () => {
            begin(choice.getAttribute('aria-pressed') === 'true' ? null : choice.dataset.draw);
        });
    }
    drawing.onCancel = () => {
        const pressed = choices.find((choice) => choice.getAttribute('aria-pressed') === 'true');
        begin(null);
        pressed?.focus();
    };
    discard.addEventListener('click', () => {
        drawing.clear();
        drawing.changed();
        drawing.element.focus({ preventScroll: true });
    });
    tools.hidden = false;
}

/** Puts the corners of what is drawn into the form, as parts of width and height. */
function fill(form, shape, size) {
    if (!form) return;
    const part = (value, whole) => Math.min(1, Math.max(0, Math.round(value / whole * 1e5) / 1e5));
    form.elements.points.value = shape?.isDone
        ? shape.points.map(([x, y]) => `${part(x, size.width)},${part(y, size.height)}`).join(' ') : '';
    find('#mask-discard', form).hidden = !shape;
}
