// The end of an upload, as the page tells it.

import { progressOf } from './server-set.js';
import { find, make, icon } from '../dom.js';
import { say, number } from '../words.js';

const mostRows = 1000;

/** How far the server is with the pictures of a set. */
export function showProcessing(set) {
    const { ready, broken, pending, all } = progressOf(set);
    find('#processing').hidden = false;
    const share = all ? (all - pending) / all : 1;
    find('#processing-bar > span').style.width = `${(share * 100).toFixed(1)}%`;
    find('#processing-text').textContent = say('processing', { done: ready + broken, all });
}

/**
 * The final figures and the table of what is not there.
 * `set`: the set on the server, or null before it is complete; `refused` and `open`: records; the others: counts.
 */
export function showResult({ set, setID, arrived, known, refused, open, others, describe, sentNothing }) {
    find('#processing').hidden = true;
    find('#result').hidden = false;
    showVerdict({ there: arrived + known, refused: refused.length, open: open.length, sentNothing });
    showBroken(set ? progressOf(set).broken : 0);
    showHeld(set?.items_status?.held ?? 0, setID);
    find('#result-arrived').textContent = number(arrived);
    find('#result-known').textContent = number(known);
    find('#result-refused').textContent = number(refused.length);
    find('#result-others').textContent = number(others);
    find('#result-others').closest('div').hidden = others === 0;
    showRows([...refused, ...open], describe);
    find('#retry').hidden = open.length === 0;
    find('#retry-hint').hidden = open.length === 0;
    showSequences(set?.associated_collections ?? []);
    find('#result-receipt').hidden = !setID;
    find('#result-receipt').href = `/uploads/${setID}/receipt`;
    find('#result-details').href = setID ? `/uploads/${setID}` : '/uploads';
    find('#result').scrollIntoView({ block: 'nearest' });
}

/** The sentence that people wait for; it says “every file” only when that is so. */
function showVerdict({ there, refused, open, sentNothing }) {
    const verdict = find('#verdict');
    const values = { there, all: there + refused + open, open, n: open || refused };
    let text = say('verdictAll', { n: there });
    let tone = 'good';
    if (sentNothing) text = say('nothingSent');
    else if (values.all === 0) text = '';
    else if (open > 0) { text = say('verdictOpen', values); tone = 'bad'; }
    else if (refused > 0) { text = say('verdictSome', values); tone = 'warn'; }
    verdict.hidden = !text;
    verdict.className = `notice ${tone}`;
    verdict.replaceChildren(icon(tone === 'good' ? 'check' : 'warning'), make('p', {}, text));
}

function showBroken(broken) {
    find('#broken').hidden = broken === 0;
    find('#broken-text').textContent = say('verdictBroken', { n: broken });
}

/** Pictures that wait for a place, and where they are given one. */
function showHeld(held, setID) {
    find('#held').hidden = held === 0;
    find('#held-text').textContent = say('verdictHeld', { n: held });
    find('#held-link').href = `/uploads/${setID}/places`;
}

function showRows(rows, describe) {
    find('#refused-table').hidden = rows.length === 0;
    find('#refused-rows').replaceChildren(...rows.slice(0, mostRows).map((record) => make('tr', {},
        make('td', {}, make('span', { class: 'path' }, record.path)),
        make('td', {}, describe(record).text || say('stateFailed')))));
    find('#refused-more').hidden = rows.length <= mostRows;
    find('#refused-more').textContent = say('andMore', { n: rows.length - mostRows });
}

function showSequences(parts) {
    find('#sequences').hidden = parts.length === 0;
    find('#sequence-rows').replaceChildren(...parts.map((part) => make('li', {},
        make('a', { href: `/sequences/${part.id}` }, part.title || say('sequence')), ' ',
        make('span', { class: 'quiet' }, say('pictures', { n: part.nb_items ?? 0 })))));
}
