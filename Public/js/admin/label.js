// The page of a camera label's redaction policy.

import { find, markReady } from '../dom.js';
import { drawMasks } from './masks.js';
import { followRows } from './rows.js';

followHidden(find('#hidden-form'));

const rowsStage = document.querySelector('#rows-stage');
if (rowsStage) followRows(rowsStage, find('#sky-until'), find('#bonnet-from'));

const maskStage = document.querySelector('#mask-stage');
if (maskStage) drawMasks(maskStage);

markReady();

/** Explains the chosen preset, and asks for the confirmation when something stays visible that was hidden. */
function followHidden(form) {
    const notice = find('#confirm-visible', form);
    const tick = find('input', notice);
    const before = form.dataset.visible.split(' ').filter(Boolean);
    const update = () => {
        const { redaction } = form.elements;
        for (const part of form.querySelectorAll('#preset-help [data-preset]')) {
            // Its name stands in the choice already.
            part.hidden = part.dataset.preset !== redaction.value || part.tagName === 'DT';
        }
        const visible = ['face', 'plate'].filter((name) => redaction.value === 'none' || !form.elements[name].checked);
        const isLess = visible.some((name) => !before.includes(name));
        notice.hidden = !isLess;
        tick.required = isLess;
        tick.disabled = !isLess;
    };
    form.addEventListener('change', update);
    update();
}
