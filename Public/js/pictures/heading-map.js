// The directions of what is ticked, as arrows on a map; dragging turns them all, and so does the number field.

/* global maplibregl */
import { call } from '../api.js';
import { mapStyle } from '../explore/map-style.js';
import { say } from '../words.js';

const nothing = { type: 'FeatureCollection', features: [] };
/** Arrows that are drawn: enough to see whether they look the right way. */
const most = 500;
const degreesPerPixel = 0.5;
/** Pixels. */
const shaft = 26;

export class HeadingMap {
    /**
     * @param {HTMLElement} container
     * @param {HTMLInputElement} field degrees clockwise
     */
    constructor(container, field) {
        this.field = field;
        this.container = container;
        this.pictures = [];
        this.shown = '';
        this.map = new maplibregl.Map({
            container, style: mapStyle(say('baseMapCredit')), attributionControl: { compact: true },
            center: [6, 30], zoom: 1.4, maxZoom: 21, dragRotate: false, dragPan: false, pitchWithRotate: false,
            touchPitch: false, keyboard: false, locale: { 'Map.Title': say('headingMap') },
        });
        this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'bottom-right');
        this.loaded = new Promise((resolve) => { this.map.once('load', () => { this.addLayers(); resolve(); }); });
        field.addEventListener('input', () => this.draw());
        this.map.on('zoom', () => this.draw());
        const canvas = this.map.getCanvas();
        canvas.addEventListener('pointerdown', (event) => this.began(event));
        canvas.addEventListener('pointermove', (event) => this.dragged(event));
        canvas.addEventListener('pointerup', () => { this.drag = undefined; });
        canvas.addEventListener('keydown', (event) => this.pressed(event));
    }

    get offset() { return Number(this.field.value) || 0; }

    addLayers() {
        this.map.addSource('before', { type: 'geojson', data: nothing });
        this.map.addSource('after', { type: 'geojson', data: nothing });
        const line = (id, source, colour, width) => this.map.addLayer({ id, type: 'line', source, paint: { 'line-color': colour, 'line-width': width } });
        line('before', 'before', '#7b8a93', 2);
        line('after', 'after', '#0b6bcb', 3);
        this.map.addLayer({ id: 'places', type: 'circle', source: 'after', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-color': '#0b6bcb', 'circle-radius': 3 } });
    }

    /**
     * @param {boolean} areSequences whether the ids are those of sequences
     * @param {string[]} ids
     */
    async show(areSequences, ids) {
        const key = ids.join();
        if (key === this.shown) return;
        this.shown = key;
        const body = { limit: most, fields: { include: ['geometry', 'properties.view:azimuth'] }, [areSequences ? 'collections' : 'ids']: ids };
        const found = await call('/api/search', { method: 'POST', body });
        await this.loaded;
        if (key !== this.shown) return;
        this.pictures = found.features.filter((one) => one.properties['view:azimuth'] !== undefined)
            .map((one) => ({ place: one.geometry.coordinates, heading: one.properties['view:azimuth'] }));
        const bounds = new maplibregl.LngLatBounds();
        for (const { place } of this.pictures) bounds.extend(place);
        if (this.pictures.length) this.map.fitBounds(bounds, { padding: 60, maxZoom: 18, animate: false });
        this.draw();
        this.container.dataset.arrows = String(this.pictures.length);
    }

    draw() {
        if (!this.map.getSource('after')) return;
        this.map.getSource('before').setData(this.arrows(0, false));
        this.map.getSource('after').setData(this.arrows(this.offset, true));
    }

    arrows(offset, withPlaces) {
        const features = [];
        for (const { place, heading } of this.pictures) {
            features.push({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [place, this.tip(place, heading + offset)] } });
            if (withPlaces) features.push({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: place } });
        }
        return { type: 'FeatureCollection', features };
    }

    /** Where the shaft ends: so many pixels from the place, whatever the zoom. */
    tip(place, heading) {
        const from = this.map.project(place), turn = (heading * Math.PI) / 180;
        return this.map.unproject([from.x + shaft * Math.sin(turn), from.y - shaft * Math.cos(turn)]).toArray();
    }

    began(event) {
        if (!event.isPrimary) return;
        this.drag = { x: event.clientX, offset: this.offset };
        event.target.setPointerCapture(event.pointerId);
    }

    dragged(event) {
        if (this.drag) this.set(this.drag.offset + (event.clientX - this.drag.x) * degreesPerPixel);
    }

    pressed(event) {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!step) return;
        event.preventDefault();
        this.set(this.offset + step * (event.shiftKey ? 10 : 1));
    }

    /** @param {number} degrees */
    set(degrees) {
        const rounded = Math.round(degrees);
        this.field.value = String(rounded > 180 ? rounded - 360 : rounded < -180 ? rounded + 360 : rounded);
        this.draw();
    }
}
