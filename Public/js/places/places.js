// Pictures without a place: from a track with a look at the map first, or by a click on the map.

import { CallFailed } from '../api.js';
import { find, markReady } from '../dom.js';
import { duration, say } from '../words.js';
import { Clock } from './clock.js';
import { PlacesMap } from './places-map.js';
import { Track } from './track.js';

const section = document.querySelector('#places');
if (section) start();
markReady();

function start() {
    const problem = find('#place-problem');
    const summary = find('#track-summary');
    const confirm = find('#place-on-track');
    const input = find('#track-file');
    const form = find('#by-hand');
    const map = new PlacesMap(find('#places-map'), { onClick: placed });
    const clock = new Clock({ onChange: later });
    let track = null;
    let timer = 0;

    find('#choose-track').addEventListener('click', () => input.click());
    input.addEventListener('change', () => { if (input.files.length) take(input.files[0]); });
    const zone = find('#track-zone');
    zone.addEventListener('dragover', (event) => { event.preventDefault(); zone.classList.add('over'); });
    zone.addEventListener('dragleave', () => zone.classList.remove('over'));
    zone.addEventListener('drop', (event) => {
        event.preventDefault();
        zone.classList.remove('over');
        if (event.dataTransfer.files.length) take(event.dataTransfer.files[0]);
    });
    confirm.addEventListener('click', go);
    for (const button of document.querySelectorAll('button[data-choose]')) {
        button.addEventListener('click', () => choose(button.dataset.choose));
    }

    function complain(sentence) {
        problem.hidden = !sentence;
        problem.textContent = sentence;
        if (sentence) problem.scrollIntoView({ block: 'nearest' });
    }

    function take(file) {
        track = new Track(file, section.dataset.api);
        look(null, { moves: true });
    }

    /** The slider moves often: only where it stops is asked. */
    function later() {
        clearTimeout(timer);
        confirm.disabled = true;
        if (track) timer = setTimeout(() => look(clock.offset, { moves: false }), 200);
    }

    async function look(offset, { moves }) {
        complain('');
        confirm.disabled = true;
        find('#track-result').hidden = false;
        summary.textContent = say('working');
        try {
            const answer = await track.preview(offset);
            if (offset === null) clock.offset = answer.time_offset;
            await show(answer, moves);
        } catch (error) {
            if (error.name === 'AbortError') return;
            if (!(error instanceof CallFailed)) throw error;
            find('#track-result').hidden = true;
            complain(say('failed', { reason: error.message }));
        }
    }

    async function show(answer, moves) {
        find('#track-name').textContent = say('trackName', { name: track.file.name, n: answer.track.points });
        const places = answer.files.filter((file) => file.outcome === 'placed');
        const all = answer.files.length;
        summary.textContent = places.length ? say('summary', { n: places.length, all }) : say('summaryNone', { all });
        summary.className = `notice ${places.length === all ? 'good' : 'warn'}`;
        summary.dataset.placed = String(places.length);
        for (const file of answer.files) {
            const cell = document.querySelector(`tr[data-picture="${file.picture_id}"] [data-state]`);
            if (cell) cell.textContent = state(file);
        }
        await map.show(answer.track.line, places, { moves });
        confirm.disabled = places.length === 0;
    }

    function state(file) {
        if (file.outcome === 'placed') return say('onTrack');
        if (file.outcome === 'no_time') return say('noClock');
        return say('tooFar', { time: duration(file.seconds) });
    }

    async function go() {
        confirm.disabled = true;
        try {
            const answer = await track.place(clock.offset);
            window.location.assign(`${window.location.pathname}?placed=${answer.placed}`);
        } catch (error) {
            if (!(error instanceof CallFailed)) throw error;
            confirm.disabled = false;
            complain(say('failed', { reason: error.message }));
        }
    }

    function choose(id) {
        form.elements.picture_id.value = id;
        const name = form.elements.picture_id.selectedOptions[0]?.textContent ?? '';
        const hint = find('#hand-hint');
        hint.hidden = false;
        hint.textContent = say('chosen', { name });
        find('#places-map').scrollIntoView({ block: 'center' });
    }

    /** A click on the map is the place of the picture that is chosen. */
    function placed(place) {
        form.elements.longitude.value = String(place.longitude);
        form.elements.latitude.value = String(place.latitude);
        map.mark(place);
    }
}
