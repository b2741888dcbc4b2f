// What the map draws: the base map, and the pictures' own tiles.

import { baseMap } from './base-map.js';
import { colour, street } from './colours.js';

const origin = window.location.origin;
const glow = '#ffc44d';

/** The style of a map with everybody's pictures; `credit` is that of the base map which comes with the server. */
export function mapStyle(credit) {
    const { sources, layers, glyphs, sprite } = baseMap;
    return {
        version: 8, ...(glyphs ? { glyphs } : {}), ...(sprite ? { sprite } : {}),
        sources: {
            ...sources,
            wayside: { type: 'vector', tiles: tiles(null), minzoom: 0, maxzoom: 15, attribution: baseMap.credit ?? credit },
            found: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
        },
        layers: [...layers, ...gridLayers(), ...sequenceLayers(), ...pictureLayers(), foundLayer()],
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
        { id: 'sequence-shown', ...common, filter: ['==', ['get', 'id'], ''], paint: { 'line-color': glow, 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 4, 16, 5] } },
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
            'circle-color': glow, 'circle-radius': ['interpolate', ['linear'], ['zoom'], 3, 4, 17, 7, 20, 10],
            'circle-stroke-color': '#17232b', 'circle-stroke-width': 2,
        },
    };
}
