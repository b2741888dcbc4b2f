// One picture within a page of another site: nothing but the viewer, and nothing that the key in the address does not open.

import { FlatView } from '../explore/flat.js';
import { SphereView } from '../explore/sphere.js';
import { followGestures } from '../explore/gestures.js';
import { find, markReady } from '../dom.js';

const { dataset } = find('main');
const stage = find('.stage');
const number = (text) => (text === '' || text === undefined ? null : Number(text));
const address = (file) => `/embed/${dataset.picture}/${file}.jpg?key=${dataset.key}`;

const picture = {
    id: dataset.picture,
    heading: number(dataset.heading),
    fieldOfView: number(dataset.fieldOfView),
    width: number(dataset.width),
    isSphere: dataset.sphere === 'true',
    tiles: dataset.columns ? { columns: Number(dataset.columns), rows: Number(dataset.rows) } : null,
    urls: { hd: address('hd'), sd: address('sd'), tile: (column, row) => address(`tiled/${column}_${row}`) },
};

/** The viewer that fits; without WebGL a 360° picture is shown flat. */
function viewer() {
    if (!picture.isSphere) return new FlatView(stage, () => {});
    try {
        return new SphereView(stage, () => { stage.dataset.yaw = view?.yaw?.toFixed(2) ?? '0'; });
    } catch (error) {
        console.warn('360° pictures are shown flat:', error.message);
        return new FlatView(stage, () => {});
    }
}

let view = null;

const steps = { in: () => view.zoom(1.5), out: () => view.zoom(1 / 1.5), reset: () => view.reset() };
const keys = {
    '+': steps.in, '-': steps.out, 0: steps.reset,
    ArrowLeft: () => view.pan(80, 0), ArrowRight: () => view.pan(-80, 0), ArrowUp: () => view.pan(0, 80), ArrowDown: () => view.pan(0, -80),
};

async function begin() {
    const image = new Image();
    image.src = picture.urls.sd;
    try {
        await image.decode();
    } catch {
        find('.stage-message').hidden = false;
        find('.still').remove();
        return markReady();
    }
    view = viewer();
    view.show(picture, image);
    find('.still').remove();
    stage.dataset.kind = view instanceof SphereView ? 'sphere' : 'flat';
    followGestures(stage, () => view);
    new ResizeObserver(() => view.resize()).observe(stage);
    const bar = find('.tool-bar');
    bar.hidden = false;
    for (const button of bar.querySelectorAll('[data-zoom]')) button.addEventListener('click', steps[button.dataset.zoom]);
    document.addEventListener('keydown', (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
        event.preventDefault();
        keys[event.key]();
    });
    markReady();
}

begin();
