// The upload page: a label, a folder, every file sent, and what became of each.

import { kindOf, commonFolder } from './folder.js';
import { Chooser } from './chooser.js';
import { Hasher } from './hasher.js';
import { LookAhead } from './look-ahead.js';
import { Queue } from './queue.js';
import { Progress } from './progress.js';
import { firstLook } from './first-look.js';
import { listCard, tellDigests, tellUnreadable, readOthers } from './card.js';
import { createSet, readSet, completeSet, knownFiles, rejectedFiles, isSettled, progressOf } from './server-set.js';
import { describe, isUnsent } from './states.js';
import { isReadable } from './request.js';
import { setStatus, problemText, showTrouble, untilAnswered } from './status.js';
import { showProcessing, showResult } from './result.js';
import { pause } from '../api.js';
import { find, markReady } from '../dom.js';
import { say } from '../words.js';

const root = find('#upload');
let setID = root.dataset.set || null;
let records = []; // pictures only
let others = []; // everything else on the card
let stop = new AbortController();
let isBusy = false;
let isRevisit = false; // a completed set looked at again: what there is to say is the server's alone
const progress = new Progress();
const chosenLabel = () => document.querySelector('input[name="label"]:checked');
const mayChoose = () => !isBusy && (setID !== null || chosenLabel() !== null);
const chooser = new Chooser({
    mayChoose, isBusy: () => isBusy, onFiles: take, onFound: (found) => setStatus(say('reading', { n: found })),
});
for (const radio of document.querySelectorAll('input[name="label"]')) radio.addEventListener('change', () => chooser.update());
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
        else others.push({ ...file, kind });
    }
    records.sort((a, b) => (a.path < b.path ? -1 : 1));
    progress.records = records;
    if (records.length === 0) {
        setStatus(say('noPictures', { n: files.length }), 'warn');
        return;
    }
    document.querySelector('#step-label')?.setAttribute('hidden', '');
    find('#server-state').hidden = true;
    const label = chosenLabel();
    const looked = firstLook(records, label && { id: label.dataset.id, name: label.value });
    await work(async () => {
        await prepareSet();
        // Once pictures of this card are there, the server takes its camera for one of the label's. A slow link is not waited for.
        await Promise.race([looked, new Promise((done) => setTimeout(done, 2_000))]);
        await sendAll();
    });
}

/** Does `job` with the page locked, then tells what came of it; whatever fails, the way to go on is shown. */
async function work(job) {
    setBusy(true);
    stop = new AbortController();
    root.dataset.state = 'sending';
    for (const id of ['#step-folder', '#result', '#processing', '#more']) find(id).hidden = true;
    find('#sending').hidden = false;
    progress.draw();
    const lock = await navigator.wakeLock?.request('screen').catch(() => null);
    try {
        await job();
        const open = records.filter(isUnsent);
        if (open.length === 0 || await areDamaged(open)) await finish();
        else settle(null);
    } catch (error) {
        settle(null);
        setStatus(problemText(error), 'bad');
    } finally {
        setBusy(false);
        find('#stop').hidden = true;
        showTrouble(null);
        lock?.release();
        chooser.update();
        progress.draw();
    }
}

function setBusy(value) {
    isBusy = value;
    progress.isBusy = value;
}

/** A new set, or the one of this address; then the whole card is written down. */
async function prepareSet() {
    if (!setID) {
        setStatus(say('starting'));
        setID = await untilAnswered(() => createSet({
            title: commonFolder(records) || say('untitled'), label: chosenLabel().value, count: records.length,
            bytes: records.reduce((sum, { size }) => sum + size, 0),
        }));
        root.dataset.set = setID;
        history.replaceState(null, '', `/upload/${setID}`);
    }
    await listCard(setID, records, others, {
        ask: untilAnswered, onProgress: (done, all) => setStatus(say('listing', { done, all })),
    });
}

/** Marks those of the records that the server has, by their whole content. */
async function compare(some) {
    if (some.length === 0) return;
    await untilAnswered(() => tellDigests(setID, some), stop.signal);
    const { files, pictures } = await untilAnswered(() => knownFiles(setID, some, some.map(({ sha256 }) => sha256)), stop.signal);
    for (const record of some) {
        const file = files.get(record.path);
        if (file && file.content_sha256 === record.sha256) settleKnown(record, file);
        else if (pictures.has(record.sha256)) Object.assign(record, { state: 'known', sent: record.size });
    }
}

function settleKnown(record, file) {
    const { rejected } = file;
    if (rejected?.reason === 'other_error') return;
    if (rejected && rejected.reason !== 'file_duplicate') Object.assign(record, { state: 'refused', ...rejected });
    else record.state = 'known';
    record.sent = record.size;
}

async function sendAll() {
    setStatus(say('sending'));
    const onChange = () => progress.changed();
    const { signal } = stop;
    const source = new LookAhead({ records, compare, onChange, signal });
    const queue = new Queue({ setID, source, signal, onChange, onTrouble: showTrouble });
    find('#stop').hidden = false;
    try {
        await Promise.all([source.run(), queue.run()]);
    } catch (error) {
        if (!stop.signal.aborted) { stop.abort(); throw error; }
    }
    find('#stop').hidden = true;
    showTrouble(null);
    progress.draw();
}

find('#stop').addEventListener('click', () => stop.abort());
find('#retry').addEventListener('click', () => work(async () => {
    for (const record of records.filter(isUnsent)) Object.assign(record, { state: 'waiting', sent: 0, sha256: undefined });
    await prepareSet();
    await sendAll();
}));

/** Whether these cannot be read though the card is in: they will not get better by waiting. The receipt lists them. */
async function areDamaged(open) {
    if (open.some(({ state }) => state !== 'unreadable')) return false;
    const witness = records.find((record) => !isUnsent(record));
    if (!witness || !await witness.file().then(isReadable).catch(() => false)) return false;
    await untilAnswered(() => tellUnreadable(setID, open));
    for (const record of open) Object.assign(record, { state: 'refused', reason: 'unreadable' });
    return true;
}

/** Every file has an outcome: asks the server whether it agrees, closes the set, waits for the processing. */
async function finish() {
    setStatus(say('verifying'));
    const arrived = records.filter(({ state }) => state === 'arrived');
    const { files } = await untilAnswered(() => knownFiles(setID, arrived));
    const lost = arrived.filter(({ path, size, sha256 }) => {
        const file = files.get(path);
        return file?.size !== size || file.content_sha256 !== sha256;
    });
    if (lost.length > 0) {
        for (const record of lost) record.state = 'failed';
        settle(null);
        return;
    }
    const hasher = new Hasher();
    await readOthers(setID, others, hasher, untilAnswered).finally(() => hasher.close());
    await untilAnswered(() => completeSet(setID));
    setBusy(false);
    await followProcessing();
}

/** Shows how the server gets on until nothing more will change. */
async function followProcessing() {
    for (;;) {
        const set = await untilAnswered(() => readSet(setID));
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
    const files = await untilAnswered(() => rejectedFiles(setID));
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

/** What is known of the files here, and of the set on the server, as the result that is shown. */
function settle(set) {
    const open = records.filter(isUnsent);
    root.dataset.state = open.length > 0 ? 'stopped' : 'done';
    setStatus('');
    const known = records.filter(({ state }) => state === 'known').length;
    showResult({
        set, setID, describe, open, known,
        refused: records.filter(({ state }) => state === 'refused'), others: others.filter(({ kind }) => kind !== 'hidden').length,
        arrived: isRevisit ? progressOf(set).all : records.filter(({ state }) => state === 'arrived').length,
        sentNothing: !isRevisit && known > 0 && known === records.length,
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
        progress.records = records;
        if (!isSettled(set)) markReady();
        await followProcessing();
    }
}

find('#more').addEventListener('click', () => {
    find('#more').hidden = true;
    find('#result').hidden = true;
    find('#processing').hidden = true;
    find('#step-folder').hidden = false;
    chooser.update();
});

chooser.update();
if (setID) {
    try {
        await comeBack();
    } catch (error) {
        setStatus(problemText(error), 'bad');
    }
}
chooser.update();
markReady();
