// The viewer of 360° pictures: where one looks, and which tiles that needs.

import { SphereRenderer } from './sphere-renderer.js';
import { camera, visibleTiles } from './sphere-mesh.js';

const widest = 100; // degrees from top to bottom
const closest = 8;
const keptTiles = 40;
const loadsAtOnce = 6;

/** Shows one 360° picture on a canvas in `stage`. `onView` is called after each movement. */
export class SphereView {
    constructor(stage, onView) {
        this.stage = stage;
        this.onView = onView;
        this.canvas = document.createElement('canvas');
        this.canvas.hidden = true;
        stage.append(this.canvas);
        this.renderer = new SphereRenderer(this.canvas, () => this.restore());
        this.yaw = 0;
        this.pitch = 0;
        this.fov = 70;
        this.picture = null;
        this.loading = new Map();
        this.failed = new Set();
        this.isDue = false;
    }

    get isShown() { return !this.canvas.hidden; }

    /** Shows `image` (the screen-sized base) of `picture`, looking in the compass direction that was looked at before. */
    show(picture, image, view) {
        const compass = this.picture ? this.yaw + (this.picture.heading ?? 0) : null;
        this.cancelLoads();
        this.picture = picture;
        this.image = image;
        this.failed.clear();
        if (view) {
            this.yaw = view.x;
            this.pitch = Math.min(90, Math.max(-90, view.y));
            this.fov = view.z > 0 ? Math.min(widest, Math.max(closest, view.z)) : 70;
        } else if (compass !== null && this.isShown) {
            this.yaw = compass - (picture.heading ?? 0);
        }
        this.canvas.hidden = false;
        this.renderer.setBase(image);
        this.resize();
    }

    hide() {
        this.cancelLoads();
        this.renderer.clear();
        this.canvas.hidden = true;
        this.picture = null;
        this.image = null;
    }

    /** Turns by pixels of the screen. */
    pan(dx, dy) {
        const degrees = this.fov / Math.max(1, this.stage.clientHeight);
        this.yaw -= dx * degrees;
        this.pitch = Math.min(90, Math.max(-90, this.pitch + dy * degrees));
        this.changed();
    }

    zoom(factor) {
        this.fov = Math.min(widest, Math.max(closest, this.fov / factor));
        this.changed();
    }

    reset() {
        this.yaw = 0;
        this.pitch = 0;
        this.fov = 70;
        this.changed();
    }

    /** Looks where another viewer does; what is left out stays. */
    look({ x, y = this.pitch, z = this.fov }) {
        this.yaw = x;
        this.pitch = Math.min(90, Math.max(-90, y));
        this.fov = Math.min(widest, Math.max(closest, z));
        this.changed();
    }

    get permalink() { return { x: wrap(this.yaw), y: this.pitch, z: this.fov }; }

    /** Degrees from left to right. */
    get fieldOfView() {
        return 2 * Math.atan(Math.tan(this.fov * Math.PI / 360) * this.aspect) * 180 / Math.PI;
    }

    get aspect() { return Math.max(0.1, this.stage.clientWidth / Math.max(1, this.stage.clientHeight)); }

    resize() {
        if (!this.isShown) return;
        const ratio = Math.min(2, window.devicePixelRatio || 1);
        this.canvas.width = Math.max(1, Math.round(this.stage.clientWidth * ratio));
        this.canvas.height = Math.max(1, Math.round(this.stage.clientHeight * ratio));
        this.changed();
    }

    changed() {
        this.onView();
        this.redraw();
        clearTimeout(this.settle);
        this.settle = setTimeout(() => this.loadTiles(), 120);
    }

    redraw() {
        if (this.isDue) return;
        this.isDue = true;
        requestAnimationFrame(() => {
            this.isDue = false;
            if (!this.isShown) return;
            this.renderer.draw(camera(this.yaw, this.pitch, this.fov, this.aspect));
        });
    }

    /** Loads the tiles in sight, those in the middle first, and forgets the oldest of the others. */
    loadTiles() {
        const { picture, renderer } = this;
        if (!picture?.tiles || !this.isShown || renderer.isLost) return;
        const wanted = visibleTiles(this.yaw, this.pitch, this.fov, this.aspect, picture.tiles).slice(0, keptTiles);
        const isWanted = new Set(wanted);
        for (const [key, abort] of this.loading) if (!isWanted.has(key)) { abort.abort(); this.loading.delete(key); }
        for (const key of [...renderer.tiles.keys()]) {
            if (renderer.tiles.size <= keptTiles) break;
            if (!isWanted.has(key)) renderer.dropTile(key);
        }
        for (const key of wanted) {
            if (this.loading.size >= loadsAtOnce) return;
            if (!renderer.tiles.has(key) && !this.loading.has(key) && !this.failed.has(key)) this.loadTile(key, picture);
        }
    }

    async loadTile(key, picture) {
        const abort = new AbortController();
        this.loading.set(key, abort);
        try {
            const [column, row] = key.split('_').map(Number);
            const response = await fetch(picture.urls.tile(column, row), { signal: abort.signal });
            if (!response.ok) throw new Error(`tile ${key}: ${response.status}`);
            const bitmap = await createImageBitmap(await response.blob());
            if (this.picture === picture && !this.renderer.isLost) {
                this.renderer.setTile(key, bitmap, picture.tiles);
                this.redraw();
            }
            bitmap.close();
        } catch (error) {
            if (error.name !== 'AbortError' && this.picture === picture) this.failed.add(key);
        } finally {
            if (this.loading.get(key) === abort) {
                this.loading.delete(key);
                this.loadTiles();
            }
        }
    }

    cancelLoads() {
        clearTimeout(this.settle);
        const running = [...this.loading.values()];
        this.loading.clear();
        for (const abort of running) abort.abort();
    }

    restore() {
        this.cancelLoads();
        if (!this.image || !this.isShown) return;
        this.renderer.setBase(this.image);
        this.changed();
    }
}

/** The angle in −180 … 180 degrees. */
function wrap(angle) { return ((angle + 180) % 360 + 360) % 360 - 180; }
