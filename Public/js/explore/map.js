// The map: pictures to click, the picture that is shown, and the direction one looks in.

/* global maplibregl */
import { mapStyle, tiles } from './map-style.js';
import { colour } from './colours.js';
import { nearest, picture as fetchPicture } from './pictures.js';
import { say } from '../words.js';
import { make } from '../dom.js';
import { captureTime } from '../times.js';

/** The map in #map. `onPick(id)` is called when a person chooses a picture, `onMove()` after each movement. */
export class StreetMap {
    constructor({ start, onPick, onMove }) {
        this.onPick = onPick;
        this.map = new maplibregl.Map({
            container: 'map', style: mapStyle(say('baseMapCredit')), attributionControl: { compact: true },
            center: start ? [start.longitude, start.latitude] : [6, 30], zoom: start?.zoom ?? 1.4, maxZoom: 21, minZoom: 0.5,
            dragRotate: false, pitchWithRotate: false, touchPitch: false, locale: locale(),
        });
        // For scripts in the browser's console, and tests.
        document.getElementById('map').map = this.map;
        this.map.touchZoomRotate.disableRotation();
        this.map.keyboard.disableRotation();
        this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'bottom-right');
        this.map.addControl(new maplibregl.ScaleControl(), 'bottom-left');
        this.cone = coneMarker();
        this.map.on('moveend', onMove);
        this.map.on('click', (event) => this.clicked(event));
        this.map.on('mousemove', (event) => this.hovered(event));
        this.map.on('mouseout', () => this.closePopup());
        this.loaded = new Promise((resolve) => {
            this.map.once('load', resolve);
            // A base map that is away is not waited for.
            this.map.on('error', ({ sourceId, error }) => {
                console.warn('map:', error);
                if (sourceId?.startsWith('base')) resolve();
            });
        });
        new ResizeObserver(() => this.map.resize()).observe(document.getElementById('map'));
    }

    get permalink() {
        const { lng, lat } = this.map.getCenter();
        return { zoom: this.map.getZoom(), latitude: lat, longitude: lng };
    }

    /** Shows the map around west, south, east, north. */
    fit([west, south, east, north]) {
        this.map.fitBounds([[west, south], [east, north]], { padding: 60, maxZoom: 17.5, animate: false });
    }

    /** Asks for the pictures' tiles anew. */
    refresh() {
        const source = this.map.getSource('wayside');
        source?.setTiles(source.tiles);
    }

    /** Shows what `filters` ask for, in their colours. */
    async filter(filters) {
        await this.loaded;
        const source = this.map.getSource('wayside');
        const wanted = tiles(filters.label);
        if (source.tiles[0] !== wanted[0]) source.setTiles(wanted);
        for (const [layer, time] of [['sequences', 'date'], ['sequences-halo', 'date'], ['pictures', 'ts']]) {
            this.map.setFilter(layer, filters.conditions(time));
        }
        this.map.setPaintProperty('sequences', 'line-color', colour(filters.theme, 'date', filters.labels));
        this.map.setPaintProperty('pictures', 'circle-color', colour(filters.theme, 'ts', filters.labels));
    }

    /** Marks what a search has found, and lets the rest step back; null for no search. */
    async mark(points) {
        await this.loaded;
        this.map.getSource('found').setData({ type: 'FeatureCollection', features: points ?? [] });
        this.map.setLayoutProperty('pictures', 'visibility', points ? 'none' : 'visible');
        for (const layer of ['sequences', 'sequences-halo']) this.map.setPaintProperty(layer, 'line-opacity', points ? 0.3 : 1);
    }

    /** West, south, east, north of what is in sight. */
    get box() {
        const bounds = this.map.getBounds();
        const within = (value, most) => Math.min(most, Math.max(-most, value));
        return [within(bounds.getWest(), 180), within(bounds.getSouth(), 90), within(bounds.getEast(), 180), within(bounds.getNorth(), 90)];
    }

    /** Identifiers of the accounts whose pictures are in sight. */
    get accounts() {
        const layers = ['sequences', 'pictures'].filter((id) => this.map.getLayer(id));
        return [...new Set(this.map.queryRenderedFeatures({ layers }).map(({ properties }) => properties.account_id))];
    }

    jump({ zoom, latitude, longitude }) { this.map.jumpTo({ zoom, center: [longitude, latitude] }); }

    /** Marks the shown picture and keeps it in sight. */
    async showPicture(picture, { centre = false } = {}) {
        this.cone.setLngLat([picture.longitude, picture.latitude]).addTo(this.map);
        const place = [picture.longitude, picture.latitude];
        if (centre) this.map.jumpTo({ center: place, zoom: Math.max(17, this.map.getZoom()) });
        else if (!this.isComfortable(place)) this.map.easeTo({ center: place, duration: 300 });
        await this.loaded;
        this.map.setFilter('sequence-shown', ['==', ['get', 'id'], picture.sequence ?? '']);
    }

    /** Turns the cone; null when no heading is known. */
    look(heading, fieldOfView) { turnCone(this.cone, heading, fieldOfView); }

    isComfortable([longitude, latitude]) {
        const { x, y } = this.map.project([longitude, latitude]);
        const { clientWidth, clientHeight } = this.map.getContainer();
        return x > clientWidth * 0.2 && x < clientWidth * 0.8 && y > clientHeight * 0.2 && y < clientHeight * 0.8;
    }

    /** The picture under (or next to) a point of the screen. */
    pictureAt(point, slack = 8) {
        const layers = ['pictures', 'found'].filter((id) => this.map.getLayer(id));
        if (!layers.length) return null;
        const box = [[point.x - slack, point.y - slack], [point.x + slack, point.y + slack]];
        let best = null;
        for (const feature of this.map.queryRenderedFeatures(box, { layers })) {
            const at = this.map.project(feature.geometry.coordinates);
            const distance = Math.hypot(at.x - point.x, at.y - point.y);
            if (!best || distance < best.distance) best = { feature, distance };
        }
        return best?.feature ?? null;
    }

    async clicked(event) {
        this.closePopup();
        const picture = this.pictureAt(event.point, 12);
        if (picture) { this.onPick(picture.properties.id); return; }
        const layers = ['sequences', 'grid-cells', 'grid-points'].filter((id) => this.map.getLayer(id));
        const box = [[event.point.x - 8, event.point.y - 8], [event.point.x + 8, event.point.y + 8]];
        const hit = this.map.queryRenderedFeatures(box, { layers })[0];
        if (!hit) return;
        const zoom = this.map.getZoom();
        if (hit.layer.id !== 'sequences' || zoom < 11) {
            this.map.easeTo({ center: event.lngLat, zoom: Math.min(zoom + 3, 15.5) });
            return;
        }
        const metres = 20 * 156_543 * Math.cos(event.lngLat.lat * Math.PI / 180) / 2 ** (zoom + 1);
        const id = await nearest(event.lngLat.lng, event.lngLat.lat, Math.max(15, metres)).catch(() => null);
        if (id) this.onPick(id);
        else this.map.easeTo({ center: event.lngLat, zoom: Math.min(zoom + 3, 17) });
    }

    hovered(event) {
        const picture = this.pictureAt(event.point);
        const others = picture ? [] : this.map.queryRenderedFeatures(event.point, { layers: ['sequences', 'grid-cells', 'grid-points'].filter((id) => this.map.getLayer(id)) });
        this.map.getCanvas().style.cursor = picture || others.length ? 'pointer' : '';
        const id = picture?.properties.id ?? null;
        if (id === this.hoveredID) return;
        this.closePopup();
        if (!id || event.originalEvent.pointerType === 'touch') return;
        this.hoveredID = id;
        const caption = make('p', {}, '…');
        fetchPicture(id).then((known) => {
            const { clock, zone } = captureTime(known.capturedAt);
            caption.textContent = `${clock} (${zone})`;
        }).catch(() => caption.remove());
        this.popup = new maplibregl.Popup({ closeButton: false, offset: 12, maxWidth: 'none' })
            .setLngLat(picture.geometry.coordinates)
            .setDOMContent(make('div', { class: 'map-popup' },
                make('img', { src: `/api/pictures/${id}/thumb.jpg`, alt: '', onerror: (error) => error.target.remove() }),
                caption))
            .addTo(this.map);
    }

    closePopup() {
        this.popup?.remove();
        this.popup = null;
        this.hoveredID = null;
    }
}

function locale() {
    return {
        'NavigationControl.ZoomIn': say('mapZoomIn'), 'NavigationControl.ZoomOut': say('mapZoomOut'),
        'AttributionControl.ToggleAttribution': say('mapCredits'), 'Map.Title': say('map'),
        'ScaleControl.Meters': 'm', 'ScaleControl.Kilometers': 'km',
    };
}

const svg = (name, attributes) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
};

function coneMarker() {
    const root = svg('svg', { viewBox: '-60 -60 120 120', 'aria-hidden': 'true' });
    root.append(
        svg('path', { d: '', fill: '#ffc44d', 'fill-opacity': '0.55', stroke: '#17232b', 'stroke-width': '1', 'stroke-opacity': '0.6' }),
        svg('circle', { r: '9', fill: '#ffc44d', stroke: '#17232b', 'stroke-width': '3' }));
    const element = make('div', { class: 'view-cone' }, root);
    return new maplibregl.Marker({ element, rotationAlignment: 'map' });
}

function turnCone(marker, heading, fieldOfView) {
    const element = marker.getElement();
    const path = element.querySelector('path');
    if (heading === null || Number.isNaN(heading)) { path.setAttribute('d', ''); delete element.dataset.heading; return; }
    const half = Math.min(80, Math.max(8, (fieldOfView || 60) / 2)) * Math.PI / 180;
    const x = 56 * Math.sin(half);
    const y = -56 * Math.cos(half);
    path.setAttribute('d', `M0 0 L${-x} ${y} A56 56 0 0 1 ${x} ${y} Z`);
    marker.setRotation(heading);
    element.dataset.heading = (((heading % 360) + 360) % 360).toFixed(1);
}
