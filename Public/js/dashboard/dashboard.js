// The dashboard's plots. Their numbers are in the page's tables too; the days here are those of the reader's own clock.

import { call } from '../api.js';
import { find, markReady } from '../dom.js';
import { say, locale, bytes, number } from '../words.js';

/** @typedef {{name: string, pictures: number[]}} Label */
/** @typedef {{date: string, pictures: number, queue: ?number, cpu_seconds_a_picture: ?number}} Day */
/** @typedef {{at: string, queue: number, picture_bytes: number, original_bytes: number, disk_free: ?number}} Sample */

const shown = 7; // labels with a colour of their own
const height = 240;
const plots = [];

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
/** Colours that can be told apart, on light and on dark paper. */
const colour = (index) => token(`--plot-${index + 1}`);

/** Midnight UTC of a day, as uPlot counts: in seconds. A day is a day's name here, not a moment. */
const seconds = (date) => Date.parse(`${date}T00:00:00Z`) / 1000;

const dayNames = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayTitle = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
const momentNames = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const momentDays = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });

function axes(names, value) {
    const line = { stroke: token('--ink-soft'), grid: { stroke: token('--line'), width: 1 }, ticks: { stroke: token('--line'), width: 1 } };
    return [
        { ...line, space: 70, values: (_, splits) => splits.map((at, index) => unlike(splits, index, names)) },
        { ...line, size: 68, values: (_, splits) => splits.map((each) => (each === null ? '' : value(each))) },
    ];
}

/** The name of a tick, unless the one before is called the same. */
function unlike(splits, index, names) {
    const text = names.format(splits[index] * 1000);
    return index > 0 && names.format(splits[index - 1] * 1000) === text ? '' : text;
}

/** Draws into `#id`. `title` names a moment, `value` a number. */
function draw(id, series, data, { names, title, value, isDaily = false, range }) {
    const place = document.getElementById(id);
    if (!place) return;
    const plot = new window.uPlot({
        width: Math.max(200, place.clientWidth), height,
        tzDate: isDaily ? (at) => window.uPlot.tzDate(new Date(at * 1000), 'UTC') : undefined,
        padding: [8, 24, 0, 0],
        cursor: { drag: { x: false, y: false } },
        legend: { live: true },
        // A day's bar stands on its middle: half a day more on each side.
        scales: { x: { time: true, ...(isDaily ? { range: (_, low, high) => [low - 43_200, high + 43_200] } : {}) }, y: { range: range ?? ((_, low, high) => [0, Math.max(high * 1.05, 1)]) } },
        axes: axes(names, value),
        series: [{ label: say('day'), value: (_, at) => (at === null ? '–' : title.format(at * 1000)) }, ...series],
    }, data, place);
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', place.dataset.label);
    plots.push({ plot, place });
}

const shownAs = (format) => (_, at) => (at === null || at === undefined ? '–' : format(at));

/** The labels with the most pictures by name, and all others together. */
function groups(/** @type {Label[]} */ labels) {
    const sum = (numbers) => numbers.reduce((all, each) => all + each, 0);
    const sorted = [...labels].sort((a, b) => sum(b.pictures) - sum(a.pictures));
    const own = sorted.slice(0, shown);
    const rest = sorted.slice(shown);
    if (rest.length > 0) {
        own.push({ name: say('others'), pictures: rest[0].pictures.map((_, day) => sum(rest.map((label) => label.pictures[day]))) });
    }
    return own;
}

/** Bars on top of each other: the tallest is drawn first, and what is below it over it. */
function drawArrivals({ labels, days }) {
    const own = groups(labels);
    if (own.length === 0) return;
    const tops = [];
    own.forEach((label, index) => tops.push(label.pictures.map((count, day) => count + (index > 0 ? tops[index - 1][day] : 0))));
    const order = own.map((_, index) => index).reverse();
    const bars = window.uPlot.paths.bars({ size: [0.7, 60] });
    draw('plot-arrivals', order.map((index) => ({
        label: own[index].name, fill: colour(index), stroke: colour(index), width: 0, paths: bars, points: { show: false },
        value: (_, at, __, day) => (at === null || day === null ? '–' : number(own[index].pictures[day])),
    })), [days.map((day) => seconds(day.date)), ...order.map((index) => tops[index])],
    { names: dayNames, title: dayTitle, value: (each) => (Number.isInteger(each) ? number(each) : ''), isDaily: true });
}

function curve(label, index, format) {
    return { label, stroke: colour(index), width: 2, value: shownAs(format), spanGaps: false };
}

function drawSamples(/** @type {{samples: Sample[], days: Day[]}} */ { samples, days }) {
    const at = samples.map((sample) => Date.parse(sample.at) / 1000);
    const moments = { names: days.length > 3 ? momentDays : momentNames, title: momentNames };
    const whole = (each) => (Number.isInteger(each) ? number(each) : '');
    draw('plot-queue', [curve(say('jobs'), 0, number)], [at, samples.map((sample) => sample.queue)], { ...moments, value: whole });
    draw('plot-stored', [curve(say('pictureBytes'), 0, bytes), curve(say('originalBytes'), 1, bytes)],
        [at, samples.map((sample) => sample.picture_bytes), samples.map((sample) => sample.original_bytes)], { ...moments, value: bytes });
    draw('plot-disk', [curve(say('diskFree'), 2, bytes)], [at, samples.map((sample) => sample.disk_free)], { ...moments, value: bytes });
    const bars = window.uPlot.paths.bars({ size: [0.5, 40] });
    draw('plot-seconds', [{
        label: say('seconds'), fill: colour(3), stroke: colour(3), width: 0, paths: bars, points: { show: false },
        value: shownAs((each) => number(each, 2)),
    }], [days.map((day) => seconds(day.date)), days.map((day) => day.cpu_seconds_a_picture)],
    { names: dayNames, title: dayTitle, value: (each) => number(each, 2), isDaily: true });
}

let figures = null;

function drawAll() {
    for (const { plot } of plots.splice(0)) plot.destroy();
    drawArrivals(figures);
    if (figures.samples.length > 0) drawSamples(figures);
}

async function begin() {
    const dashboard = find('#dashboard');
    try {
        figures = await call(`/api/admin/figures?days=${dashboard.dataset.days}&utc_offset=${-new Date().getTimezoneOffset()}`);
        drawAll();
        dashboard.dataset.state = 'shown';
    } catch (error) {
        console.warn('The figures cannot be shown:', error.message);
        find('#plots-failed').hidden = false;
        dashboard.dataset.state = 'failed';
        return markReady();
    }
    new ResizeObserver(() => {
        for (const { plot, place } of plots) {
            if (Math.abs(plot.width - place.clientWidth) > 2) plot.setSize({ width: place.clientWidth, height });
        }
    }).observe(dashboard);
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
    markReady();
}

begin();
