// My pictures: ticking with the shift key, only the fields of the chosen action, maps for areas and directions.

import { markReady } from '../dom.js';
import { AreaView } from './area-view.js';
import { HeadingMap } from './heading-map.js';
import { Selection } from './selection.js';

const act = document.querySelector('#act');
if (act) setUpActions(act);
setUpArea(document.querySelector('#filter'));
// What is asked is read first, and a hasty key does no harm.
document.querySelector('#question a')?.focus();
markReady();

/** @param {HTMLFormElement} form */
function setUpActions(form) {
    const action = form.elements.namedItem('do');
    const directions = form.querySelector('#heading-map');
    /** @type {HeadingMap | undefined} */
    let map;
    const selection = new Selection(form, () => update());

    function update() {
        for (const part of form.querySelectorAll('[data-for]')) part.hidden = part.dataset.for !== action.value;
        form.querySelector('#go').disabled = !action.value || (selection.count === 0 && !form.elements.namedItem('all')?.checked);
        if (!directions) return;
        const isTurning = action.value === 'heading' && selection.count > 0;
        form.querySelector('#heading-box').hidden = !isTurning;
        if (!isTurning) return;
        map ??= new HeadingMap(directions, form.querySelector('#heading-offset'));
        map.show(form.dataset.tab === 'sequences', selection.ids);
    }

    form.addEventListener('change', update);
    update();
}

/** @param {HTMLFormElement} form */
function setUpArea(form) {
    const button = form.querySelector('#pick-area');
    if (!button) return;
    button.hidden = false;
    const box = form.querySelector('#filter-map-box');
    /** @type {AreaView | undefined} */
    let view;
    button.addEventListener('click', () => {
        if (!view) {
            box.hidden = false;
            view = new AreaView(form.querySelector('#filter-map'), form.elements.namedItem('bbox'));
            button.textContent = view.words;
        } else {
            view.take();
            form.requestSubmit();
        }
    });
}
