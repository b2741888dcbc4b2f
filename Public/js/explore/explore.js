// The explore page: ties map, picture, panel, keys and address together.

import { StreetMap } from './map.js';
import { Stage } from './stage.js';
import { AnnotationLayer } from './annotations.js';
import { Player } from './player.js';
import { fillPanel } from './panel.js';
import { followKeys } from './keys.js';
import { Correcting } from './correct.js';
import { newestExtent, forgetAll, renew } from './pictures.js';
import { Arrows } from './arrows.js';
import { Compare } from './compare.js';
import { Filters } from './filters.js';
import { Light } from './light.js';
import { Matches } from './matches.js';
import { legend } from './colours.js';
import { prepareEmbeds } from './embed.js';
import { openReport } from '../report/dialog.js';
import { readPermalink, writePermalink } from './permalink.js';
import { find, make, setIcon, markReady } from '../dom.js';
import { knows, say } from '../words.js';
import { captureTime } from '../times.js';

const explore = find('.explore');
const button = (name) => find(`#do-${name}`);
const start = readPermalink();
let focus = start.focus ?? 'both';

const map = new StreetMap({ start: start.map, onPick: pick, onMove: moved });
const stage = new Stage({ within: find('.pane-picture'), onShown: shown, onView: looked });
const arrows = new Arrows({ onPick: pick });
const compare = new Compare(stage);
const light = new Light(find('.pane-picture'));
const filters = new Filters({ start: start.filters, onChange: filtered });
const matches = new Matches({ onFound: found, onFailed: () => tellFound(say('filterFailed')) });
const annotations = new AnnotationLayer(stage);
const embeds = prepareEmbeds(() => stage.picture);
const player = new Player({
    step: () => step('next'),
    onChange: (isPlaying) => {
        setIcon(button('play'), isPlaying ? 'pause' : 'play');
        button('play').setAttribute('aria-pressed', String(isPlaying));
        button('play').setAttribute('aria-label', say(isPlaying ? 'pause' : 'play'));
    },
});

/** Only for those who may correct pictures at all. */
const correcting = document.getElementById('correct') ? new Correcting(stage, {
    onRedone: (id) => {
        renew(id);
        return stage.wanted === id ? stage.show(id, stage.view?.permalink) : true;
    },
}) : null;

/** Whether this picture is the viewer's to correct: all of them, or those they sent. */
function mayCorrect(picture) {
    // One that a report hides is its owner's to redact.
    if (!correcting || !['ready', 'hidden'].includes(picture.status)) return false;
    return explore.dataset.corrects === 'all' || picture.providers.some(({ id }) => id === explore.dataset.account);
}

function pick(id) {
    player.stop();
    if (explore.dataset.picture === 'false' && focus === 'map') setFocus('both');
    return open(id);
}

async function open(id, { view, centre } = {}) {
    explore.dataset.picture = 'true';
    find('#map-hint').hidden = true;
    const done = await stage.show(id, view);
    if (done && centre) map.showPicture(stage.picture, { centre: true });
    return done;
}

/** Goes one picture on; false when there is none. */
async function step(direction) {
    const id = stage.picture?.[direction];
    return id ? open(id) : false;
}

function shown(picture) {
    map.showPicture(picture);
    const { clock, zone } = captureTime(picture.capturedAt);
    find('#title-time').textContent = clock;
    find('#title-more').textContent = [zone, picture.properties['wayside:camera_label'] ?? picture.properties['geovisio:producer']].filter(Boolean).join(' · ');
    explore.dataset.loaded = 'true';
    button('previous').disabled = !picture.previous;
    button('next').disabled = !picture.next;
    find('#do-download').href = picture.urls.hd;
    embeds.follow(picture);
    find('#stage').setAttribute('aria-label', say('pictureOf', { time: clock }));
    fillPanel(picture);
    fillBadge(picture);
    arrows.show(picture);
    arrows.turn(stage.heading);
    compare.shown();
    if (correcting) {
        button('hide').hidden = !mayCorrect(picture);
        correcting.left(picture);
    }
    annotations.show();
    remember();
}

function looked() {
    map.look(stage.heading, stage.view?.fieldOfView);
    arrows.turn(stage.heading);
    compare.follow();
    correcting?.redraw();
    annotations.redraw();
    remember();
}

/** Says so when others do not see this picture as its owner does. */
function fillBadge({ status, properties }) {
    const word = properties['geovisio:visibility'] === 'owner-only' ? 'hidden' : status;
    const badge = find('#title-badge');
    badge.hidden = word === 'ready';
    badge.textContent = knows(`status_${word}`) ? say(`status_${word}`) : word;
}

function moved() {
    remember();
    filters.offerAccounts(map.accounts);
    ask();
}

/** The map is to show something else. */
async function filtered() {
    remember();
    await filters.named;
    find('#legend').replaceChildren(...legend(filters.theme, filters.labels).map(([colour, words]) => {
        const swatch = make('span', { class: 'swatch' });
        swatch.style.backgroundColor = colour;
        return make('li', {}, swatch, words);
    }));
    await map.filter(filters);
    ask();
}

function ask() { matches.ask(filters.meaning && filters.everything, map.box); }

function found(points, isAll) {
    map.mark(points);
    tellFound(points ? say(isAll ? 'filterFound' : 'filterFoundMore', { n: points.length }) : '');
}

function tellFound(text) {
    find('#filter-found').textContent = text;
    find('#filter-found').hidden = !text;
}

let writing;
function remember() {
    clearTimeout(writing);
    writing = setTimeout(() => writePermalink({
        focus: focus === 'both' ? null : focus, map: map.permalink, pic: stage.wanted, xyz: stage.view?.permalink,
        filters: filters.values,
    }), 150);
}

function setFocus(value) {
    focus = value;
    explore.dataset.focus = value;
    for (const each of ['pic', 'both', 'map']) button(`focus-${each}`).setAttribute('aria-pressed', String(each === value));
    remember();
}

function swap() {
    if (focus === 'both') explore.dataset.swapped = String(explore.dataset.swapped !== 'true');
    else setFocus(focus === 'pic' ? 'map' : 'pic');
}

function togglePanel(isOpen = find('#panel').hidden) {
    find('#panel').hidden = !isOpen;
    button('information').setAttribute('aria-expanded', String(isOpen));
    (isOpen ? find('#panel-close') : button('information')).focus({ preventScroll: true });
}

function toggleAnnotations() {
    annotations.toggle();
    button('annotations').setAttribute('aria-pressed', String(annotations.isOn));
    if (annotations.isOn) find('#announcement').textContent = say('annotations', { n: annotations.count });
}

async function share() {
    remember();
    const address = new URL(`#pic=${stage.picture.id}&focus=pic`, window.location.href).href;
    try {
        await navigator.clipboard.writeText(address);
    } catch {
        window.prompt(say('copyLink'), address);
        return;
    }
    find('#announcement').textContent = say('linkCopied');
    button('share').classList.add('done');
    setIcon(button('share'), 'check');
    setTimeout(() => { button('share').classList.remove('done'); setIcon(button('share'), 'link'); }, 2000);
}

/** Afterwards the picture is gone, on the map and as a neighbour too; its owner still sees it. */
function report() {
    player.stop();
    if (!stage.picture) return;
    openReport({ picture: stage.picture.id }, () => {
        forgetAll();
        map.refresh();
        open(stage.wanted);
    });
}

async function toggleFullScreen() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await explore.requestFullscreen?.().catch(() => {});
}

const actions = {
    previous: () => { player.stop(); return step('previous'); },
    next: () => { player.stop(); return step('next'); },
    play: () => player.toggle(),
    zoomIn: () => stage.view?.zoom(1.4),
    zoomOut: () => stage.view?.zoom(1 / 1.4),
    pan: (dx, dy) => stage.view?.pan(dx, dy),
    reset: () => stage.view?.reset(),
    swap, togglePanel, toggleFullScreen, toggleAnnotations,
    light: () => stage.picture && light.toggle(),
    compare: () => compare.toggle(),
    filters: () => filters.toggle(),
    /** Closes what lies on top, if anything does. */
    closing: () => {
        if (!find('#panel').hidden) return () => togglePanel(false);
        const card = [light, filters].find(({ panel }) => !panel.hidden);
        return card ? () => card.toggle(false) : null;
    },
    help: () => find('#help').showModal(),
    correct: () => {
        if (!stage.picture || !mayCorrect(stage.picture)) return;
        player.stop();
        // Drawing takes room.
        if (focus === 'map' || explore.dataset.swapped === 'true') setFocus('pic');
        correcting.toggle();
    },
};

button('previous').addEventListener('click', actions.previous);
button('next').addEventListener('click', actions.next);
button('play').addEventListener('click', actions.play);
button('zoom-in').addEventListener('click', actions.zoomIn);
button('zoom-out').addEventListener('click', actions.zoomOut);
button('swap').addEventListener('click', swap);
button('information').addEventListener('click', () => togglePanel());
// On a phone the tools would cover the picture: they unfold.
button('more').addEventListener('click', () => {
    const isOpen = button('more').getAttribute('aria-expanded') !== 'true';
    button('more').setAttribute('aria-expanded', String(isOpen));
    find('#view-bar').dataset.open = String(isOpen);
});
document.getElementById('do-hide')?.addEventListener('click', actions.correct);
button('annotations').addEventListener('click', toggleAnnotations);
button('help').addEventListener('click', actions.help);
button('report').addEventListener('click', report);
button('share').addEventListener('click', share);
find('#panel-close').addEventListener('click', () => togglePanel(false));
find('#speed').addEventListener('change', (event) => { player.interval = Number(event.target.value); event.target.blur(); });
for (const each of ['pic', 'both', 'map']) button(`focus-${each}`).addEventListener('click', () => setFocus(each));
for (const grow of document.querySelectorAll('.inset-grow')) grow.addEventListener('click', swap);
// A key must not walk away from a drawing.
const unlessCorrecting = (act) => () => (correcting?.isOpen ? undefined : act());
followKeys({
    ...actions, previous: unlessCorrecting(actions.previous), next: unlessCorrecting(actions.next),
    play: unlessCorrecting(actions.play),
});

window.addEventListener('hashchange', () => {
    const asked = readPermalink();
    if (asked.focus && asked.focus !== focus) setFocus(asked.focus);
    if (asked.map) map.jump(asked.map);
    if (JSON.stringify(asked.filters) !== JSON.stringify(filters.values)) { filters.show(asked.filters); filtered(); }
    if (asked.pic && asked.pic !== stage.wanted) open(asked.pic, { view: asked.xyz, centre: !asked.map });
});

setFocus(focus);
if (start.pic) {
    await open(start.pic, { view: start.xyz, centre: !start.map });
} else if (!start.map) {
    const extent = await newestExtent().catch(() => null);
    if (extent) map.fit(extent);
    else find('#map-hint').hidden = true;
    find('#map-empty').hidden = Boolean(extent);
}
await map.loaded;
await filtered();
markReady();
