// The viewer of flat pictures: drag to move, wheel or pinch to zoom, full resolution once zoomed in.

/** Shows one flat picture in `stage`. `onView` is called after each movement. */
export class FlatView {
    constructor(stage, onView) {
        this.stage = stage;
        this.onView = onView;
        this.image = null;
        this.view = { x: 0, y: 0, zoom: 1 };
    }

    /** Shows `image` (loaded) of `picture`; keeps the zoom of the picture before when it had the same shape. */
    show(picture, image, view) {
        const ratio = image.naturalWidth / image.naturalHeight;
        const keeps = this.ratio !== undefined && Math.abs(this.ratio - ratio) < 0.01;
        if (view) this.view = { x: view.x, y: view.y, zoom: Math.min(20, Math.max(1, view.z || 1)) };
        else if (!keeps) this.view = { x: 0, y: 0, zoom: 1 };
        this.ratio = ratio;
        this.picture = picture;
        this.isSharp = false;
        image.className = 'flat';
        image.alt = '';
        image.draggable = false;
        this.image?.remove();
        this.image = image;
        this.stage.append(image);
        this.layOut();
    }

    hide() {
        this.image?.remove();
        this.image = null;
        this.picture = null;
    }

    get isShown() { return this.image !== null; }

    /** Moves by pixels of the screen. */
    pan(dx, dy) {
        const { width } = this.fitted();
        this.view.x += dx / (width * this.view.zoom);
        this.view.y += dy / (width / this.ratio * this.view.zoom);
        this.layOut();
    }

    /** Zooms by `factor` around a point given in pixels from the middle of the stage. */
    zoom(factor, px = 0, py = 0) {
        const before = this.view.zoom;
        const after = Math.min(20, Math.max(1, before * factor));
        const { width, height } = this.fitted();
        this.view.x += px / width * (1 / after - 1 / before);
        this.view.y += py / height * (1 / after - 1 / before);
        this.view.zoom = after;
        this.layOut();
    }

    reset() {
        this.view = { x: 0, y: 0, zoom: 1 };
        this.layOut();
    }

    /** Looks where another viewer does. */
    look({ x, y, z }) {
        this.view = { x, y, zoom: Math.min(20, Math.max(1, z || 1)) };
        this.layOut();
    }

    get permalink() { return { x: this.view.x, y: this.view.y, z: this.view.zoom }; }

    /** Degrees that the visible part's middle lies to the right of the picture's middle. */
    get yaw() { return -this.view.x * (this.picture?.fieldOfView ?? 60); }

    /** Degrees of the scene that are visible from left to right. */
    get fieldOfView() {
        const whole = this.picture?.fieldOfView ?? 60;
        const shown = Math.min(1, this.stage.clientWidth / (this.fitted().width * this.view.zoom));
        return whole * shown;
    }

    resize() { if (this.image) this.layOut(); }

    fitted() {
        const { clientWidth, clientHeight } = this.stage;
        const width = Math.max(1, Math.min(clientWidth, clientHeight * (this.ratio ?? 1.5)));
        return { width, height: width / (this.ratio ?? 1.5) };
    }

    layOut() {
        if (!this.image) return;
        const { width, height } = this.fitted();
        const scale = this.view.zoom;
        const roomX = Math.max(0, (width * scale - this.stage.clientWidth) / 2 / (width * scale));
        const roomY = Math.max(0, (height * scale - this.stage.clientHeight) / 2 / (height * scale));
        this.view.x = Math.min(roomX, Math.max(-roomX, this.view.x));
        this.view.y = Math.min(roomY, Math.max(-roomY, this.view.y));
        const style = this.image.style;
        style.width = `${width}px`;
        style.height = `${height}px`;
        const left = (this.view.x - 0.5) * width * scale;
        const top = (this.view.y - 0.5) * height * scale;
        style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
        this.sharpen(width * scale * window.devicePixelRatio);
        this.onView();
    }

    /** Brings the full picture once more pixels are asked for than the screen-sized one has. */
    sharpen(pixels) {
        if (this.isSharp || !this.picture || pixels < this.image.naturalWidth * 1.15) return;
        if (this.picture.width && this.picture.width <= this.image.naturalWidth) return;
        this.isSharp = true;
        const picture = this.picture;
        const sharp = new Image();
        sharp.src = picture.urls.hd;
        sharp.decode().then(() => {
            if (this.picture !== picture || !this.image) return;
            sharp.className = 'flat';
            sharp.alt = this.image.alt;
            sharp.draggable = false;
            sharp.style.cssText = this.image.style.cssText;
            this.image.replaceWith(sharp);
            this.image = sharp;
        }).catch(() => { this.isSharp = false; });
    }
}
