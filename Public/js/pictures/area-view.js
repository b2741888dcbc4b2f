// A map whose view is the area that the list is filtered by.

/* global maplibregl */
import { mapStyle } from '../explore/map-style.js';
import { say } from '../words.js';

const reach = 85;

export class AreaView {
    /**
     * @param {HTMLElement} container
     * @param {HTMLInputElement} field west,south,east,north
     */
    constructor(container, field) {
        this.field = field;
        this.map = new maplibregl.Map({
            container, style: mapStyle(say('baseMapCredit')), attributionControl: { compact: true },
            center: [6, 30], zoom: 1.4, maxZoom: 21, dragRotate: false, pitchWithRotate: false, touchPitch: false,
            locale: { 'Map.Title': say('areaMap') },
        });
        this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'bottom-right');
        const [west, south, east, north] = field.value.split(',').map(Number);
        if (Number.isFinite(north)) this.map.fitBounds([[west, south], [east, north]], { animate: false });
    }

    /** What the button says once the map is there. */
    get words() { return say('useArea'); }

    /** The view becomes the area. */
    take() {
        const bounds = this.map.getBounds();
        const [south, north] = [bounds.getSouth(), bounds.getNorth()].map((value) => Math.max(-reach, Math.min(reach, value)));
        const isWorld = bounds.getEast() - bounds.getWest() >= 360;
        const [west, east] = isWorld ? [-180, 180] : [bounds.getWest(), bounds.getEast()].map((value) => maplibregl.LngLat.convert([value, 0]).wrap().lng);
        this.field.value = [west, south, east, north].map((value) => value.toFixed(6)).join(',');
    }
}
