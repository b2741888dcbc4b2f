// The dialog that puts the picture into pages of other sites; its words are in the page.

import { call } from '../api.js';
import { find } from '../dom.js';

/** The button and its dialog, where the visitor may do that. `shown()` gives the picture that is on screen. */
export function prepareEmbeds(shown) {
    const button = document.querySelector('#do-embed');
    if (!button) return { follow: () => {} };
    button.addEventListener('click', () => { if (shown()) open(shown().id); });
    /** A picture that nobody but its owner sees, or that is not ready, cannot be shown elsewhere. */
    const follow = ({ status, properties }) => {
        button.disabled = status !== 'ready' || properties['geovisio:visibility'] === 'owner-only';
    };
    return { follow };
}

function open(id) {
    const dialog = find('#embed');
    const form = find('#embed-form');
    const failed = find('#embed-failed');
    form.reset();
    form.hidden = false;
    failed.hidden = true;
    find('#embed-done').hidden = true;
    form.onsubmit = async (event) => {
        event.preventDefault();
        find('#embed-make').disabled = true;
        try {
            const origins = form.elements.origins.value.split(/[\s,;]+/).filter(Boolean);
            const made = await call(`/api/pictures/${id}/embeds`, { method: 'POST', body: { origins, days: Number(form.elements.days.value) } });
            find('#embed-html').textContent = made.html;
            form.hidden = true;
            find('#embed-done').hidden = false;
            find('#embed-done-title').focus();
        } catch (error) {
            failed.textContent = [403, 409, 422].includes(error.status) ? error.message : find('#embed-words').dataset.failed;
            failed.hidden = false;
        } finally {
            find('#embed-make').disabled = false;
        }
    };
    find('#embed-cancel').onclick = () => dialog.close();
    find('#embed-close').onclick = () => dialog.close();
    dialog.showModal();
}
