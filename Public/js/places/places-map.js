// The map on which a track and the pictures that lie on it are seen, and on which one is placed by a click.

/* global maplibregl */
import { mapStyle } from '../explore/map-style.js';
import { say } from '../words.js';

const nothing = { type: 'FeatureCollection', features: [] };
const colours = { line: '#1f6feb', picture: '#ffc44d', edge: '#17232b', chosen: '#b3261e' };

export class PlacesMap {
    /** `onClick({ longitude, latitude })` is called for each click. */
    constructor(container, { onClick }) {
        this.map = new maplibregl.Map({
            container, style: mapStyle(say('baseMapCredit')), attributionControl: { compact: true },
            center: [6, 30], zoom: 1.4, maxZoom: 21, dragRotate: false, pitchWithRotate: false, touchPitch: false,
            locale: { 'Map.Title': say('map') },
        });
        this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'bottom-right');
        this.map.on('click', (event) => {
            const round = (value) => Math.round(value * 1e7) / 1e7;
            const { lng, lat } = event.lngLat.wrap();
            onClick({ longitude: round(lng), latitude: round(lat) });
        });
        this.loaded = new Promise((resolve) => { this.map.once('load', () => { this.addLayers(); resolve(); }); });
    }

    addLayers() {
        // Names of its own: the style has layers of all pictures.
        for (const id of ['place-track', 'place-pictures', 'place-chosen']) this.map.addSource(id, { type: 'geojson', data: nothing });
        this.map.addLayer({ id: 'place-track', type: 'line', source: 'place-track', paint: { 'line-color': colours.line, 'line-width': 3 } });
        this.map.addLayer({ id: 'place-pictures', type: 'circle', source: 'place-pictures', paint: { 'circle-color': colours.picture, 'circle-radius': 5, 'circle-stroke-color': colours.edge, 'circle-stroke-width': 1.5 } });
        this.map.addLayer({ id: 'place-chosen', type: 'circle', source: 'place-chosen', paint: { 'circle-color': colours.chosen, 'circle-radius': 8, 'circle-stroke-color': '#fff', 'circle-stroke-width': 2 } });
    }

    /** Shows a track and where the pictures are on it; moves there the first time. */
    async show(line, places, { moves }) {
        await this.loaded;
        const point = ({ longitude, latitude }) => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [longitude, latitude] } });
        this.map.getSource('place-track').setData({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: line.length > 1 ? line : [line[0], line[0]] } });
        this.map.getSource('place-pictures').setData({ type: 'FeatureCollection', features: places.map(point) });
        this.map.getContainer().dataset.pictures = String(places.length);
        if (!moves) return;
        const bounds = new maplibregl.LngLatBounds();
        for (const place of line) bounds.extend(place);
        this.map.fitBounds(bounds, { padding: 40, maxZoom: 17, animate: false });
    }

    /** Marks where the chosen picture is to be. */
    async mark(place) {
        await this.loaded;
        const coordinates = [place.longitude, place.latitude];
        this.map.getSource('place-chosen').setData({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } });
    }
}
