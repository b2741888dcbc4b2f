// Where a point of a panorama lies on the screen that looks at it from inside, and the other way round.

/** `view` is a SphereView; `size` that of the whole panorama in pixels. */
export class SphereSurface {
    constructor(view, size) {
        this.view = view;
        this.element = view.stage;
        this.size = size;
        this.wraps = true;
        /** Into how many parts an edge is cut to follow the sphere. */
        this.steps = 16;
    }

    /** Pixels of the screen from the top left of the stage; null for what lies behind. */
    toScreen([x, y]) {
        const longitude = (x / this.size.width - 0.5) * 2 * Math.PI;
        const latitude = (0.5 - y / this.size.height) * Math.PI;
        const direction = [
            Math.cos(latitude) * Math.sin(longitude), Math.sin(latitude), -Math.cos(latitude) * Math.cos(longitude),
        ];
        const { right, up, ahead, scale, middle } = this.camera();
        const depth = dot(direction, ahead);
        if (depth < 0.02) return null;
        return [middle[0] + dot(direction, right) / depth * scale, middle[1] - dot(direction, up) / depth * scale];
    }

    toPicture([x, y]) {
        const { right, up, ahead, scale, middle } = this.camera();
        const across = (x - middle[0]) / scale;
        const above = (middle[1] - y) / scale;
        const [dx, dy, dz] = [0, 1, 2].map((axis) => right[axis] * across + up[axis] * above + ahead[axis]);
        const longitude = Math.atan2(dx, -dz);
        const latitude = Math.asin(dy / Math.hypot(dx, dy, dz));
        return [(longitude / (2 * Math.PI) + 0.5) * this.size.width, (0.5 - latitude / Math.PI) * this.size.height];
    }

    /** The same camera as in sphere-mesh.js. */
    camera() {
        const { yaw, pitch, fov } = this.view;
        const [y, p] = [yaw * Math.PI / 180, pitch * Math.PI / 180];
        const [cy, sy, cp, sp] = [Math.cos(y), Math.sin(y), Math.cos(p), Math.sin(p)];
        const { clientWidth, clientHeight } = this.element;
        return {
            right: [cy, 0, sy], up: [-sp * sy, cp, sp * cy], ahead: [cp * sy, sp, -cp * cy],
            scale: clientHeight / 2 / Math.tan(fov * Math.PI / 360), middle: [clientWidth / 2, clientHeight / 2],
        };
    }
}

function dot(a, b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
