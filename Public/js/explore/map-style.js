// What the map draws: a base map that needs no network, and the pictures' own tiles.

import { colour, street } from './colours.js';

const origin = window.location.origin;
const colours = { water: '#c9dbe3', land: '#f2f1ec', border: '#b3aca6', glow: '#ffc44d' };

/** The style of the whole map; `attribution` is the credit of the base map. */
export function mapStyle(attribution) {
    const base = (name) => ({ type: 'geojson', data: `${origin}/vendor/basemap/${name}.geojson`, attribution, tolerance: 0.2 });
    return {
        version: 8,
        sources: {
            land: base('land'), lakes: base('lakes'), borders: base('borders'),
            wayside: { type: 'vector', tiles: tiles(null), minzoom: 0, maxzoom: 15 },
            found: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
        },
        layers: [
            { id: 'water', type: 'background', paint: { 'background-color': colours.water } },
            { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colours.land } },
            { id: 'lakes', type: 'fill', source: 'lakes', paint: { 'fill-color': colours.water } },
            { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': colours.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 2, 0.6, 8, 1.6], 'line-dasharray': [4, 2] } },
            ...gridLayers(), ...sequenceLayers(), ...pictureLayers(), foundLayer(),
        ],
    };
}

/** Addresses of the tiles: of everything one may see, or of one camera label. */
export function tiles(label) {
    return [`${origin}/api${label ? `/camera_labels/${label}` : ''}/map/{z}/{x}/{y}.mvt?pictures=14`];
}

function gridLayers() {
    const count = ['coalesce', ['get', 'nb_pictures'], 1];
    const common = { source: 'wayside', 'source-layer': 'grid', maxzoom: 7 };
    return [
        { id: 'grid-cells', type: 'fill', ...common, filter: ['==', ['geometry-type'], 'Polygon'],
            paint: { 'fill-color': street, 'fill-opacity': ['interpolate', ['linear'], ['log10', count], 0, 0.35, 4, 0.85] } },
        { id: 'grid-points', type: 'circle', ...common, filter: ['==', ['geometry-type'], 'Point'],
            paint: { 'circle-color': street, 'circle-opacity': 0.75, 'circle-stroke-color': '#fff', 'circle-stroke-width': 1,
                'circle-radius': ['interpolate', ['linear'], ['log10', count], 0, 4, 4, 14] } },
    ];
}

function sequenceLayers() {
    const common = { source: 'wayside', 'source-layer': 'sequences', type: 'line', minzoom: 6, layout: { 'line-cap': 'round', 'line-join': 'round' } };
    return [
        { id: 'sequences-halo', ...common, paint: { 'line-color': '#fff', 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 6, 16, 8] } },
        { id: 'sequences', ...common, paint: { 'line-color': colour('type', 'date'), 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 4, 16, 4.5] } },
        { id: 'sequence-shown', ...common, filter: ['==', ['get', 'id'], ''], paint: { 'line-color': colours.glow, 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 4, 16, 5] } },
    ];
}

function pictureLayers() {
    return [{
        id: 'pictures', type: 'circle', source: 'wayside', 'source-layer': 'pictures', minzoom: 14.5,
        paint: {
            'circle-color': colour('type', 'ts'),
            'circle-radius': ['interpolate', ['linear'], ['zoom'], 14.5, 3, 17, 5.5, 20, 9],
            'circle-stroke-color': '#fff', 'circle-stroke-width': 1.5,
        },
    }];
}

/** Pictures that a search has found: seen from anywhere, since there are not too many of them. */
function foundLayer() {
    return {
        id: 'found', type: 'circle', source: 'found',
        paint: {
            'circle-color': colours.glow, 'circle-radius': ['interpolate', ['linear'], ['zoom'], 3, 4, 17, 7, 20, 10],
            'circle-stroke-color': '#17232b', 'circle-stroke-width': 2,
        },
    };
}
