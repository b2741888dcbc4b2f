// What lies below the pictures: coasts and borders that come with the server, or what its operator has chosen.

/* global maplibregl, pmtiles */
import { archiveLayers } from './archive-layers.js';

const origin = window.location.origin;
const colours = { water: '#c9dbe3', land: '#f2f1ec', border: '#b3aca6' };

/**
 * A part of a map style.
 * @typedef {{ sources: object, layers: object[], glyphs?: string, sprite?: string, credit?: string }} BaseMap
 */

/** @returns {BaseMap} */
function naturalEarth() {
    const part = (name) => ({ type: 'geojson', data: `${origin}/vendor/basemap/${name}.geojson`, tolerance: 0.2 });
    return {
        sources: { land: part('land'), lakes: part('lakes'), borders: part('borders') },
        layers: [
            { id: 'water', type: 'background', paint: { 'background-color': colours.water } },
            { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colours.land } },
            { id: 'lakes', type: 'fill', source: 'lakes', paint: { 'fill-color': colours.water } },
            { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': colours.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 2, 0.6, 8, 1.6], 'line-dasharray': [4, 2] } },
        ],
    };
}

const background = { id: 'base-background', type: 'background', paint: { 'background-color': colours.land } };

/** @returns {BaseMap} */
function picturesAt(source) {
    return { sources: { base: { type: 'raster', tileSize: 256, ...source } }, layers: [background, { id: 'base', type: 'raster', source: 'base' }] };
}

/** The style with names of its own, so that it cannot get in the way of the pictures' layers. */
async function styleAt(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    const { sources, layers, glyphs, sprite } = await answer.json();
    const named = (name) => `base-${name}`;
    return {
        sources: Object.fromEntries(Object.entries(sources).map(([name, source]) => [named(name), source])),
        layers: layers.map((layer) => ({ ...layer, id: named(layer.id), ...(layer.source ? { source: named(layer.source) } : {}) })),
        glyphs, sprite,
    };
}

async function archiveAt(address) {
    const archive = new pmtiles.PMTiles(new URL(address, origin).href);
    const [{ tileType }, metadata] = await Promise.all([archive.getHeader(), archive.getMetadata()]);
    const source = { url: `pmtiles://${archive.source.getKey()}` };
    if (tileType !== pmtiles.TileType.Mvt) return picturesAt(source);
    return { sources: { base: { type: 'vector', ...source } }, layers: archiveLayers(metadata.vector_layers ?? []) };
}

/** @returns {Promise<BaseMap>} */
async function load() {
    const chosen = document.querySelector('meta[name="wayside-base-map"]')?.content;
    if (!chosen) return naturalEarth();
    const { kind, address, credit } = JSON.parse(chosen);
    if (kind !== 'tiles') maplibregl.addProtocol('pmtiles', new pmtiles.Protocol({ metadata: true }).tile);
    const base = kind === 'tiles' ? picturesAt({ tiles: [address], maxzoom: 19 }) : await (kind === 'style' ? styleAt : archiveAt)(address);
    return { ...base, credit: credit ?? '' };
}

/** Without the operator's map there is still one: the pictures matter more than what lies below them. */
export const baseMap = await load().catch((error) => {
    console.warn('base map:', error);
    document.body.dataset.baseMap = 'missing';
    return naturalEarth();
});
