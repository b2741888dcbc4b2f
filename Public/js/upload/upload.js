// The upload page: a label, a folder, every file sent, and what became of each.

import { filesOfDrop, filesOfInput, kindOf, commonFolder } from './folder.js';
import { Hasher } from './hasher.js';
import { Queue } from './queue.js';
import { FileList } from './file-list.js';
import { firstLook } from './first-look.js';
import { Estimate } from './estimate.js';
import { createSet, readSet, completeSet, knownFiles, rejectedFiles, isSettled, progressOf } from './server-set.js';
import { reasonText } from './reasons.js';
import { showProcessing, showResult } from './result.js';
import { pause } from '../api.js';
import { find, markReady } from '../dom.js';
import { say, bytes, duration, number } from '../words.js';

const root = find('#upload');
let setID = root.dataset.set || null;
let records = []; // pictures only
let others = []; // everything else on the card
let queue = null;
let filter = 'all';
let isBusy = false;
let isRevisit = false; // a completed set looked at again: what there is to say is the server's alone
const estimate = new Estimate();

const list = new FileList(find('#files'), describe);
const chosenLabel = () => document.querySelector('input[name="label"]:checked')?.value ?? null;

// ---------- What each file's state looks like

function describe(record) {
    switch (record.state) {
    case 'waiting': return { text: say('stateWaiting'), tone: 'quiet' };
    case 'hashing': return { text: say('stateHashing'), tone: 'quiet' };
    case 'sending': return { text: '', tone: 'quiet', share: record.size ? record.sent / record.size : 0 };
    case 'arrived': return { text: say('stateArrived'), tone: 'good', icon: 'check' };
    case 'known': return { text: say('stateKnown'), tone: 'good', icon: 'check' };
    case 'refused': return { text: reasonText(record), tone: 'bad', icon: 'close' };
    case 'unreadable': return { text: say('stateUnreadable'), tone: 'bad', icon: 'warning' };
    default: return { text: say('stateFailed'), tone: 'bad', icon: 'warning' };
    }
}

const filters = {
    all: () => true,
    open: ({ state }) => ['waiting', 'sending', 'hashing'].includes(state),
    done: ({ state }) => state === 'arrived' || state === 'known',
    refused: ({ state }) => ['refused', 'failed', 'unreadable'].includes(state),
    unsent: ({ state }) => ['failed', 'unreadable', 'waiting', 'hashing', 'sending'].includes(state),
};
const shownFilters = ['all', 'open', 'done', 'refused'];

function count(name) {
    let total = 0;
    for (const record of records) if (filters[name](record)) total += 1;
    return total;
}

// ---------- Drawing, at most five times a second

let isDue = false;
function changed() {
    if (isDue) return;
    isDue = true;
    setTimeout(() => { isDue = false; draw(); }, 200);
}

function draw() {
    let done = 0;
    let doneBytes = 0;
    let allBytes = 0;
    for (const record of records) {
        allBytes += record.size;
        if (filters.open(record)) doneBytes += record.sent;
        else { done += 1; doneBytes += record.size; }
    }
    estimate.record(doneBytes);
    const share = allBytes ? doneBytes / allBytes : records.length ? done / records.length : 0;
    find('#overall-bar > span').style.width = `${(share * 100).toFixed(1)}%`;
    find('#overall-bar').setAttribute('aria-valuenow', Math.floor(share * 100));
    find('#overall-count').textContent = say('progressFiles', { done, all: records.length });
    find('#overall-bytes').textContent = say('progressBytes', { done: bytes(doneBytes), all: bytes(allBytes) });
    const left = estimate.secondsLeft(allBytes - doneBytes);
    find('#overall-left').textContent = left && isBusy ? say('progressLeft', { time: duration(left), speed: `${bytes(estimate.speed)}/s` }) : '';
    for (const name of shownFilters) {
        find(`#filter-${name} .count`).textContent = number(count(name));
        find(`#filter-${name}`).setAttribute('aria-pressed', String(filter === name));
    }
    list.show(filter === 'all' ? records : records.filter(filters[filter]));
}

for (const name of shownFilters) find(`#filter-${name}`).addEventListener('click', () => { filter = name; draw(); });

// ---------- Choosing a folder

const zone = find('#drop-zone');
const input = find('#folder-input');

function mayChoose() { return !isBusy && (setID !== null || chosenLabel() !== null); }

function updateZone() {
    const may = mayChoose();
    zone.classList.toggle('off', !may);
    find('#choose-folder').disabled = !may;
    find('#label-first').hidden = may || isBusy;
}

for (const radio of document.querySelectorAll('input[name="label"]')) radio.addEventListener('change', updateZone);
find('#choose-folder').addEventListener('click', () => input.click());
input.addEventListener('change', () => {
    const files = filesOfInput(input);
    if (files.length > 0) take(files);
});
document.addEventListener('dragover', (event) => {
    event.preventDefault();
    event.dataTransfer.dropEffect = mayChoose() ? 'copy' : 'none';
    if (mayChoose()) zone.classList.add('over');
});
document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) zone.classList.remove('over'); });
document.addEventListener('drop', async (event) => {
    event.preventDefault();
    zone.classList.remove('over');
    if (!mayChoose()) return;
    setStatus(say('reading', { n: 0 }));
    take(await filesOfDrop(event.dataTransfer, (found) => setStatus(say('reading', { n: found }))));
});
window.addEventListener('beforeunload', (event) => { if (isBusy) event.preventDefault(); });

// ---------- The work

async function take(files) {
    if (isBusy) return;
    isRevisit = false;
    records = [];
    others = [];
    for (const file of files) {
        const kind = kindOf(file.path);
        if (kind === 'picture') records.push({ ...file, state: 'waiting', sent: 0 });
        else if (kind !== 'hidden') others.push({ path: file.path, size: file.size, kind });
    }
    records.sort((a, b) => (a.path < b.path ? -1 : 1));
    input.value = '';
    if (records.length === 0) {
        setStatus(say('noPictures', { n: files.length }), 'warn');
        return;
    }
    document.querySelector('#step-label')?.setAttribute('hidden', '');
    find('#server-state').hidden = true;
    firstLook(records);
    await work(async () => {
        await prepareSet();
        await sendAll();
    });
}

/** Does `job` with the page locked, then tells what came of it; whatever fails, the way to go on is shown. */
async function work(job) {
    isBusy = true;
    root.dataset.state = 'sending';
    for (const id of ['#step-folder', '#result', '#processing', '#more']) find(id).hidden = true;
    find('#sending').hidden = false;
    const lock = await navigator.wakeLock?.request('screen').catch(() => null);
    try {
        await job();
        if (records.some(filters.unsent)) settle(null);
        else await finish();
    } catch (error) {
        settle(null);
        setStatus(problemText(error), 'bad');
    } finally {
        isBusy = false;
        showTrouble(null);
        lock?.release();
        updateZone();
        draw();
    }
}

/** A new set, or what the set of this address has already. */
async function prepareSet() {
    if (!setID) {
        setStatus(say('starting'));
        setID = await untilOnline(() => createSet({
            title: commonFolder(records) || say('untitled'), label: chosenLabel(), count: records.length,
            bytes: records.reduce((sum, { size }) => sum + size, 0),
        }));
        root.dataset.set = setID;
        history.replaceState(null, '', `/upload/${setID}`);
        return;
    }
    setStatus(say('comparing', { done: 0, all: records.length }));
    const known = await untilOnline(() => knownFiles(setID, records));
    const candidates = records.filter(({ path, size }) => known.get(path)?.size === size);
    if (candidates.length === 0) return;
    const hasher = new Hasher();
    let done = 0;
    for (const record of candidates) {
        record.state = 'hashing';
        const file = known.get(record.path);
        const sum = await record.file().then((each) => hasher.sha256(each)).catch(() => null);
        record.state = 'waiting';
        if (sum && sum === (file.content_sha256)) settleKnown(record, file);
        done += 1;
        setStatus(say('comparing', { done, all: candidates.length }));
        changed();
    }
    hasher.close();
}

function settleKnown(record, file) {
    const { rejected } = file;
    if (rejected && !['file_duplicate', 'other_error'].includes(rejected.reason)) {
        Object.assign(record, { state: 'refused', ...rejected });
    } else if (!rejected || rejected.reason === 'file_duplicate') {
        record.state = 'known';
    }
    record.sent = record.size;
}

async function sendAll() {
    setStatus(say('sending'));
    queue = new Queue({ address: `/api/upload_sets/${setID}/files`, onChange: changed, onTrouble: showTrouble });
    find('#stop').hidden = false;
    await queue.run(records);
    find('#stop').hidden = true;
    showTrouble(null);
    draw();
}

find('#stop').addEventListener('click', () => queue?.stop());
find('#retry').addEventListener('click', () => work(async () => {
    for (const record of records.filter(filters.unsent)) Object.assign(record, { state: 'waiting', sent: 0 });
    if (!setID) await prepareSet();
    await sendAll();
}));

/** Every file has an outcome: asks the server whether it agrees, closes the set, waits for the processing. */
async function finish() {
    setStatus(say('verifying'));
    const arrived = records.filter(({ state }) => state === 'arrived');
    const known = await untilOnline(() => knownFiles(setID, arrived));
    const lost = arrived.filter(({ path, size }) => known.get(path)?.size !== size);
    if (lost.length > 0) {
        for (const record of lost) record.state = 'failed';
        settle(null);
        return;
    }
    await untilOnline(() => completeSet(setID));
    isBusy = false;
    await followProcessing();
}

/** Shows how the server gets on until nothing more will change. */
async function followProcessing() {
    for (;;) {
        const set = await untilOnline(() => readSet(setID));
        root.dataset.state = 'processing';
        setStatus('');
        showProcessing(set);
        if (isSettled(set)) {
            await mergeRefusals();
            settle(set);
            return;
        }
        await pause(2000);
    }
}

/** Pictures that were refused only after they had been looked into (no position, for instance). */
async function mergeRefusals() {
    const files = await untilOnline(() => rejectedFiles(setID));
    const byPath = new Map(records.map((record) => [record.path, record]));
    for (const file of files) {
        const path = file.file_name;
        let record = byPath.get(path);
        if (!record) {
            record = { path, size: file.size ?? 0, sent: 0 };
            if (isRevisit) records.push(record);
        }
        if (file.rejected.reason === 'file_duplicate') record.state = 'known';
        else Object.assign(record, { state: 'refused', ...file.rejected });
    }
}

/** Repeats a call until an answer comes; other failures are for the caller. */
async function untilOnline(ask) {
    for (let turn = 0; ; turn += 1) {
        try {
            const value = await ask();
            showTrouble(null);
            return value;
        } catch (error) {
            if (error.status !== 0 && ![429, 502, 503, 504].includes(error.status)) throw error;
            showTrouble(error.status === 0 ? 'offline' : 'busy');
            await pause(Math.min(30, 2 ** turn) * 1000);
        }
    }
}

// ---------- What the page says

function setStatus(text, tone = '') {
    const status = find('#status');
    status.hidden = !text;
    status.className = `notice ${tone}`;
    find('#status-text').textContent = text;
}

function problemText(error) {
    if (error.status === 401) return say('signedOut');
    if (error.status === 404) return say('setGone');
    if (error.status === 507) return say('serverFull');
    return error.message || say('serverTrouble');
}

function showTrouble(trouble) {
    find('#trouble').hidden = !trouble;
    if (trouble) find('#trouble-text').textContent = say({ offline: 'linkLost', signedOut: 'signedOut', busy: 'serverBusy', full: 'serverFull' }[trouble]);
    find('#trouble-sign-in').hidden = trouble !== 'signedOut';
}

/** What is known of the files here, and of the set on the server, as the result that is shown. */
function settle(set) {
    const open = records.filter(filters.unsent);
    root.dataset.state = open.length > 0 ? 'stopped' : 'done';
    setStatus('');
    showResult({
        set, setID, describe, open, known: records.filter(({ state }) => state === 'known').length,
        refused: records.filter(({ state }) => state === 'refused'), others: others.length,
        arrived: isRevisit ? progressOf(set).all : records.filter(({ state }) => state === 'arrived').length,
    });
    // A card that was taken out has to be chosen anew.
    if (open.length > 0) find('#step-folder').hidden = false;
}

// ---------- Coming back to a set

async function comeBack() {
    const set = await readSet(setID);
    const { all, rejected } = progressOf(set);
    find('#server-state').hidden = false;
    find('#server-state-text').textContent = say('serverHas', { n: all + rejected, title: set.title });
    if (set.completed) {
        find('#step-folder').hidden = true;
        find('#sending').hidden = true;
        find('#server-state').hidden = true;
        find('#more').hidden = false;
        isRevisit = true;
        if (!isSettled(set)) markReady();
        await followProcessing();
    }
}

find('#more').addEventListener('click', () => {
    find('#more').hidden = true;
    find('#result').hidden = true;
    find('#processing').hidden = true;
    find('#step-folder').hidden = false;
    updateZone();
});

updateZone();
if (setID) {
    try {
        await comeBack();
    } catch (error) {
        setStatus(problemText(error), 'bad');
    }
}
updateZone();
markReady();
