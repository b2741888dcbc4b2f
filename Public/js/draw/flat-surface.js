// Where a point of a picture shown flat, on an <img>, lies on the screen.

/** `image()` gives the element that shows the picture now; `size` is that of the whole picture in pixels. */
export class FlatSurface {
    constructor(element, image, size) {
        this.element = element;
        this.image = image;
        this.size = size;
        this.wraps = false;
        /** Straight edges stay straight. */
        this.steps = 1;
    }

    /** Pixels of the screen from the top left of `element`. */
    toScreen([x, y]) {
        const { left, top, width, height } = this.place();
        return [left + x / this.size.width * width, top + y / this.size.height * height];
    }

    toPicture([x, y]) {
        const { left, top, width, height } = this.place();
        return [(x - left) / width * this.size.width, (y - top) / height * this.size.height];
    }

    place() {
        const outer = this.element.getBoundingClientRect();
        const inner = this.image().getBoundingClientRect();
        return {
            left: inner.left - outer.left, top: inner.top - outer.top,
            width: Math.max(1, inner.width), height: Math.max(1, inner.height),
        };
    }
}
