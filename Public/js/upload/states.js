// What the state of each file means, and what it looks like.

import { reasonText } from './reasons.js';
import { say } from '../words.js';

/** @typedef {{ path: string, size: number, file: () => Promise<File>, state: string, sent: number, sha256?: string }} FileRecord */

/** Text, tone, icon and share of a file's state. */
export function describe(record) {
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

/** The tabs above the list: which states each of them holds. */
const tabOfState = {
    waiting: 'open', hashing: 'open', sending: 'open', arrived: 'done', known: 'done',
    refused: 'refused', failed: 'refused', unreadable: 'refused',
};

export const tabs = ['all', 'open', 'done', 'refused'];
export const tabOf = ({ state }) => tabOfState[state] ?? 'refused';
export const isOpen = (record) => tabOf(record) === 'open';
/** Neither on the server nor refused by it. */
export const isUnsent = ({ state }) => !['arrived', 'known', 'refused'].includes(state);
