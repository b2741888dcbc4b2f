// Shapes as lists of points [x, y] in pixels of the picture. On a panorama x may run beyond the edges: it goes around.

export const fewestPoints = 3;
export const mostPoints = 64;

/** The four corners of the rectangle between two opposite ones. */
export function rectangle([x1, y1], [x2, y2]) {
    const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)];
    const [top, bottom] = [Math.min(y1, y2), Math.max(y1, y2)];
    return [[left, top], [right, top], [right, bottom], [left, bottom]];
}

/** The smallest rectangle around points. */
export function bounds(points) {
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** A rectangle with the corner at `index` moved to `point`; the opposite corner stays. */
export function withCorner(points, index, [x, y]) {
    return points.map((point, each) => {
        if (each === index) return [x, y];
        // Its neighbours each keep one coordinate.
        if (each === 3 - index) return [x, point[1]];
        return each === (index ^ 1) ? [point[0], y] : point;
    });
}

/** A point kept within the picture: always in height, in width only where it does not go around. */
export function within([x, y], { width, height }, wraps) {
    return [wraps ? x : Math.min(width, Math.max(0, x)), Math.min(height, Math.max(0, y))];
}

/** The same place on a panorama `width` wide, on the turn that is nearest to `reference`. */
export function nearest(x, reference, width) {
    return x + Math.round((reference - x) / width) * width;
}

/** Whole turns taken away, so that the shape begins within the picture; coordinates to a tenth of a pixel. */
export function settled(points, { width }, wraps) {
    const turns = wraps ? Math.floor(bounds(points).left / width) * width : 0;
    return points.map(([x, y]) => [Math.round((x - turns) * 10) / 10, Math.round(y * 10) / 10]);
}

/** The closed outline with `steps` points on each edge: straight on the picture is bent on a sphere. */
export function dense(points, steps) {
    if (steps < 2) return points;
    return points.flatMap(([x1, y1], index) => {
        const [x2, y2] = points[(index + 1) % points.length];
        return Array.from({ length: steps }, (_, step) => {
            const share = step / steps;
            return [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
        });
    });
}
