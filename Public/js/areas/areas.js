// Draws a new area, adds it through the API, and shows those that are there.

import { call, CallFailed } from '../api.js';
import { find, markReady } from '../dom.js';
import { say } from '../words.js';
import { AreaMap } from './area-map.js';

const container = find('#area-map');
const form = find('#new-area');
const text = find('#geojson');
const problem = find('#area-problem');
const buttons = Object.fromEntries(['draw', 'undo', 'close', 'clear'].map((id) => [id, find(`#${id}`)]));

const map = new AreaMap(container, { onChange: drawn });
buttons.draw.addEventListener('click', () => map.draw());
buttons.undo.addEventListener('click', () => map.undo());
buttons.close.addEventListener('click', () => map.close());
buttons.clear.addEventListener('click', () => { text.value = ''; map.clear(); });

/** The corners have changed: what can be done now, and the same area as text once it is closed. */
function drawn({ isDrawing, corners, geometry }) {
    buttons.draw.setAttribute('aria-pressed', String(isDrawing));
    buttons.undo.disabled = !isDrawing || corners === 0;
    buttons.close.disabled = !isDrawing || corners < 3;
    buttons.clear.disabled = corners === 0;
    if (geometry) text.value = JSON.stringify(geometry);
}

// What was complained of goes with the next key, and not when the field is left: the page must not move under a click.
text.addEventListener('input', () => complain(''));
text.addEventListener('change', () => {
    const geometry = parsed();
    if (geometry) map.preview(geometry);
});

/** The geometry that is typed, taken out of a Feature where it is one; null for none, undefined for what is no JSON. */
function parsed() {
    if (!text.value.trim()) return null;
    try {
        const value = JSON.parse(text.value);
        return value?.type === 'Feature' ? value.geometry : value;
    } catch {
        return undefined;
    }
}

function complain(sentence) {
    problem.hidden = !sentence;
    problem.textContent = sentence;
}

form.addEventListener('submit', async (event) => {
    event.preventDefault();
    complain('');
    const label = form.elements.label.value.trim();
    if (!label) { complain(say('needsName')); return; }
    const geometry = parsed();
    if (!geometry) { complain(say(geometry === undefined ? 'badGeoJSON' : 'needsShape')); return; }
    const properties = { label };
    if (form.elements.kind) {
        properties.is_allowed = form.elements.kind.value === 'allowed';
        properties.is_public = form.elements['is-public'].checked;
    }
    try {
        const added = await call(container.dataset.endpoint, { method: 'POST', body: { type: 'Feature', geometry, properties } });
        window.location.assign(`${window.location.pathname}?added=${added.hidden_pictures}`);
    } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        complain(say('failed', { reason: error.message }));
    }
});

for (const button of document.querySelectorAll('button[data-show]')) {
    button.addEventListener('click', () => map.show(button.dataset.show));
}

const known = await call(container.dataset.list).catch(() => ({ features: [] }));
await map.fill(known);
markReady();
