// The colours of pictures and lines on the map, and what they mean.

import { say } from '../words.js';

/** Told apart with common colour blindness too, and dark enough on the land. */
const palette = ['#0b6b70', '#c2410c', '#7a3fa0', '#1d4ed8', '#a3271f', '#4d7c0f', '#be185d', '#525f68'];
export const street = palette[0];
export const sphere = palette[2];

const ages = [
    { days: 30, colour: '#084f53', word: 'ageMonth' }, { days: 365, colour: '#0f8a90', word: 'ageYear' },
    { days: 1095, colour: '#b45309', word: 'ageThreeYears' }, { days: Infinity, colour: '#6b7280', word: 'ageOlder' },
];

/** An expression for features whose time is in `time`. `labels`: names by id. */
export function colour(theme, time, labels) {
    if (theme === 'age') {
        const day = ['slice', ['to-string', ['get', time]], 0, 10];
        const steps = ages.slice(0, -1).flatMap(({ days, colour: value }) => [['>=', day, daysAgo(days)], value]);
        return ['case', ...steps, ages.at(-1).colour];
    }
    if (theme === 'label' && labels.size) {
        return ['match', ['get', 'label_id'], ...[...labels.keys()].flatMap((id, index) => [id, ofLabel(index)]), '#6b7280'];
    }
    return ['match', ['get', 'type'], 'equirectangular', sphere, street];
}

/** Pairs of colour and words for the legend. */
export function legend(theme, labels) {
    if (theme === 'age') return ages.map(({ colour: value, word }) => [value, say(word)]);
    if (theme === 'label') return [...labels.values()].slice(0, 12).map((name, index) => [ofLabel(index), name]);
    return [[street, say('typeFlat')], [sphere, say('typeSphere')]];
}

const ofLabel = (index) => palette[index % palette.length];

function daysAgo(days) {
    return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
