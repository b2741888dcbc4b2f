// Loads an extract of OpenStreetMap, and links pictures to its ways some at a time, so that one sees how far it is.

import { call, CallFailed, decoded } from '../api.js';
import { find, markReady } from '../dom.js';
import { say } from '../words.js';

const problem = find('#ways-problem');

function complain(sentence) {
    problem.hidden = !sentence;
    problem.textContent = sentence;
    if (sentence) problem.scrollIntoView({ block: 'nearest' });
}

/** Runs `work` with the form's button off; says what goes wrong. */
async function during(form, work) {
    const button = find('button', form);
    complain('');
    button.disabled = true;
    try {
        await work();
    } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        complain(say('failed', { reason: error.message }));
    } finally {
        button.disabled = false;
    }
}

async function load(file) {
    find('#load-state').textContent = say('loading');
    try {
        const response = await fetch(`/api/ways?${new URLSearchParams({ name: file.name.slice(-200) })}`, {
            method: 'POST', credentials: 'same-origin', body: file,
            headers: { Accept: 'application/json', 'Content-Type': file.type || 'application/octet-stream' },
        }).catch((error) => { throw new CallFailed(0, String(error.message ?? error)); });
        const answer = decoded(await response.text());
        if (!response.ok) throw new CallFailed(response.status, answer?.detail ?? response.statusText, answer);
        window.location.assign('/admin/ways?said=ways.loadedNow');
    } catch (error) {
        find('#load-state').textContent = '';
        throw error;
    }
}

async function link(form) {
    const bar = find('#link-progress');
    const state = find('#link-state');
    bar.hidden = false;
    const sum = { looked: 0, linked: 0, kept: 0 };
    let after;
    do {
        // One part after the other: each goes on where the last one ended.
        // eslint-disable-next-line no-await-in-loop
        const answer = await call('/api/ways/link', {
            method: 'POST',
            body: { camera_label: form.elements.label.value, distance: Number(form.elements.distance.value), replace: form.elements.replace.checked, ...(after ? { after } : {}) },
        });
        sum.looked += answer.looked_at;
        sum.linked += answer.linked;
        sum.kept += answer.kept;
        bar.max = Math.max(1, answer.pictures);
        bar.value = answer.next ? sum.looked : bar.max;
        state.textContent = say('linked', { n: sum.linked, looked: sum.looked, kept: sum.kept });
        after = answer.next;
    } while (after);
    state.dataset.done = 'true';
}

const loading = find('#load-ways');
loading.addEventListener('submit', (event) => {
    event.preventDefault();
    const file = loading.elements.file.files[0];
    if (file) during(loading, () => load(file));
});

const linking = document.querySelector('#link-ways');
linking?.addEventListener('submit', (event) => {
    event.preventDefault();
    during(linking, () => link(linking));
});
markReady();
