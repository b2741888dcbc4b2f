// The dialog to report a picture or a whole trip; its words are in the page.

import { call } from '../api.js';
import { find } from '../dom.js';

/** Opens #report. `about` is `{ picture: id }` or `{ sequence: id }`; `onDone` is called once it is reported and closed. */
export function openReport(about, onDone) {
    const dialog = find('#report');
    const form = find('#report-form');
    const thanks = find('#report-thanks');
    const kind = about.picture ? 'picture' : 'sequence';
    let isReported = false;
    form.reset();
    form.hidden = false;
    thanks.hidden = true;
    find('#report-failed').hidden = true;
    for (const text of dialog.querySelectorAll('[data-about]')) text.hidden = text.dataset.about !== kind;

    form.onsubmit = async (event) => {
        event.preventDefault();
        find('#report-send').disabled = true;
        try {
            await call('/api/reports', {
                method: 'POST',
                body: {
                    issue: form.elements.issue.value, [`${kind}_id`]: about[kind],
                    reporter_comments: form.elements.comment.value || undefined,
                },
            });
            isReported = true;
            form.hidden = true;
            thanks.hidden = false;
            find('#report-close').focus();
        } catch (error) {
            fail(error);
        } finally {
            find('#report-send').disabled = false;
        }
    };
    find('#report-cancel').onclick = () => dialog.close();
    find('#report-close').onclick = () => dialog.close();
    dialog.onclose = () => { if (isReported) onDone(); };
    dialog.showModal();
}

function fail(error) {
    const words = find('#report-words').dataset;
    const text = find('#report-failed');
    text.textContent = error.status === 404 ? words.gone : error.status === 429 ? words.quota : words.failed;
    text.hidden = false;
}
