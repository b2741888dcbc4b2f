// A map on which an area is drawn corner by corner.

/* global maplibregl */
import { mapStyle } from '../explore/map-style.js';
import { say } from '../words.js';

const colours = { excluded: '#b3261e', allowed: '#1b6e3c', draft: '#ffc44d' };
const nothing = { type: 'FeatureCollection', features: [] };

export class AreaMap {
    /** `onChange({ isDrawing, corners, geometry })` is called after each change of the draft; `geometry` once it is closed. */
    constructor(container, { onChange }) {
        this.onChange = onChange;
        this.corners = [];
        this.isDrawing = false;
        // Where the map looks is in the address, so that a reload comes back to the same place.
        this.hasPlace = /map=/.test(window.location.hash);
        this.map = new maplibregl.Map({
            container, style: mapStyle(say('baseMapCredit')), attributionControl: { compact: true }, hash: 'map',
            center: [6, 30], zoom: 1.4, maxZoom: 21, dragRotate: false, pitchWithRotate: false, touchPitch: false,
            locale: { 'Map.Title': say('map') },
        });
        this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'bottom-right');
        this.map.doubleClickZoom.disable();
        this.map.on('click', (event) => this.clicked(event));
        this.loaded = new Promise((resolve) => { this.map.once('load', () => { this.addLayers(); resolve(); }); });
    }

    addLayers() {
        const colour = ['case', ['get', 'is_allowed'], colours.allowed, colours.excluded];
        this.map.addSource('areas', { type: 'geojson', data: nothing });
        this.map.addSource('draft', { type: 'geojson', data: nothing });
        this.map.addLayer({ id: 'areas', type: 'fill', source: 'areas', paint: { 'fill-color': colour, 'fill-opacity': 0.25 } });
        this.map.addLayer({ id: 'areas-edge', type: 'line', source: 'areas', paint: { 'line-color': colour, 'line-width': 2 } });
        this.map.addLayer({ id: 'draft', type: 'fill', source: 'draft', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': colours.draft, 'fill-opacity': 0.35 } });
        this.map.addLayer({ id: 'draft-edge', type: 'line', source: 'draft', paint: { 'line-color': '#17232b', 'line-width': 2 } });
        this.map.addLayer({ id: 'draft-corners', type: 'circle', source: 'draft', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-color': colours.draft, 'circle-radius': 6, 'circle-stroke-color': '#17232b', 'circle-stroke-width': 2 } });
    }

    /** Shows the areas that are there, and moves to them unless the address names a place. */
    async fill(collection) {
        this.areas = collection;
        await this.loaded;
        this.map.getSource('areas').setData(collection);
        if (!this.hasPlace && collection.features.length) this.fit(collection.features.map((feature) => feature.geometry));
    }

    /** Moves to one area. */
    show(id) {
        const feature = this.areas.features.find((one) => one.id === id);
        if (!feature) return;
        this.fit([feature.geometry]);
        this.map.getContainer().scrollIntoView({ block: 'nearest' });
    }

    fit(geometries) {
        const bounds = new maplibregl.LngLatBounds();
        const extend = (part) => (typeof part[0] === 'number' ? bounds.extend(part.slice(0, 2)) : part.forEach(extend));
        for (const geometry of geometries) extend(geometry.coordinates);
        this.map.fitBounds(bounds, { padding: 40, maxZoom: 17, animate: false });
    }

    draw() {
        this.clear();
        this.isDrawing = true;
        this.map.getCanvas().style.cursor = 'crosshair';
        this.changed();
    }

    undo() {
        this.corners.pop();
        this.changed();
    }

    clear() {
        this.corners = [];
        this.stop();
        this.changed();
    }

    /** The draft is what it is now. */
    close() {
        if (this.corners.length < 3) return;
        this.stop();
        this.changed({ type: 'Polygon', coordinates: [[...this.corners, this.corners[0]]] });
    }

    stop() {
        this.isDrawing = false;
        this.map.getCanvas().style.cursor = '';
    }

    /** Shows a geometry that was typed. */
    async preview(geometry) {
        this.corners = [];
        this.stop();
        await this.loaded;
        try {
            this.fit([geometry]);
            this.map.getSource('draft').setData({ type: 'Feature', properties: {}, geometry });
        } catch {
            // It is no geometry: the server says what is wrong with it when it is sent.
        }
    }

    clicked(event) {
        if (!this.isDrawing) return;
        const round = (value) => Math.round(value * 1e7) / 1e7;
        const { lng, lat } = event.lngLat.wrap();
        this.corners.push([round(lng), round(lat)]);
        this.changed();
    }

    changed(geometry = null) {
        const features = this.corners.map((place) => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: place } }));
        const line = geometry ?? (this.corners.length > 1 ? { type: 'LineString', coordinates: this.corners } : null);
        if (line) features.push({ type: 'Feature', properties: {}, geometry: line });
        this.loaded.then(() => this.map.getSource('draft').setData({ type: 'FeatureCollection', features }));
        this.onChange({ isDrawing: this.isDrawing, corners: this.corners.length, geometry });
    }
}
