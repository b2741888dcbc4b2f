// Geometry of the sphere seen from inside, and the camera in its middle.
// Longitude 0 is the middle of the picture; x points right, y up, −z forward.

const steps = 128;

/** Positions and texture coordinates of the part of the sphere that column, row of columns × rows covers. */
export function patch(column, row, columns, rows) {
    const across = Math.max(1, steps / columns);
    const down = Math.max(1, steps / 2 / rows);
    const vertices = new Float32Array((across + 1) * (down + 1) * 5);
    let at = 0;
    for (let j = 0; j <= down; j += 1) {
        const v = j / down;
        const latitude = Math.PI * (0.5 - (row + v) / rows);
        for (let i = 0; i <= across; i += 1) {
            const u = i / across;
            const longitude = 2 * Math.PI * ((column + u) / columns - 0.5);
            vertices[at++] = Math.cos(latitude) * Math.sin(longitude);
            vertices[at++] = Math.sin(latitude);
            vertices[at++] = -Math.cos(latitude) * Math.cos(longitude);
            vertices[at++] = u;
            vertices[at++] = v;
        }
    }
    const indices = new Uint16Array(across * down * 6);
    at = 0;
    for (let j = 0; j < down; j += 1) {
        for (let i = 0; i < across; i += 1) {
            const a = j * (across + 1) + i;
            const b = a + across + 1;
            indices.set([a, b, a + 1, a + 1, b, b + 1], at);
            at += 6;
        }
    }
    return { vertices, indices };
}

/** The matrix (column-major) that takes directions to the screen; angles in degrees, `fov` from top to bottom. */
export function camera(yaw, pitch, fov, aspect) {
    const y = yaw * Math.PI / 180;
    const p = pitch * Math.PI / 180;
    const f = 1 / Math.tan(fov * Math.PI / 360);
    const [cy, sy, cp, sp] = [Math.cos(y), Math.sin(y), Math.cos(p), Math.sin(p)];
    const right = [cy, 0, sy];
    const up = [-sp * sy, cp, sp * cy];
    const ahead = [cp * sy, sp, -cp * cy];
    const near = 0.01;
    const far = 10;
    const a = (far + near) / (far - near);
    const b = -2 * far * near / (far - near);
    const rows = [
        [...right.map((value) => value * f / aspect), 0],
        [...up.map((value) => value * f), 0],
        [...ahead.map((value) => value * a), b],
        [...ahead, 0],
    ];
    const matrix = new Float32Array(16);
    for (let r = 0; r < 4; r += 1) for (let c = 0; c < 4; c += 1) matrix[c * 4 + r] = rows[r][c];
    return matrix;
}

/** Tiles (as "column_row") that are seen, nearest to the middle of the view first. */
export function visibleTiles(yaw, pitch, fov, aspect, { columns, rows }) {
    const y = yaw * Math.PI / 180;
    const p = pitch * Math.PI / 180;
    const tan = Math.tan(fov * Math.PI / 360);
    const [cy, sy, cp, sp] = [Math.cos(y), Math.sin(y), Math.cos(p), Math.sin(p)];
    const found = new Map();
    const n = 24;
    for (let j = 0; j <= n; j += 1) {
        for (let i = 0; i <= n; i += 1) {
            const sx = (2 * i / n - 1) * tan * aspect;
            const su = (2 * j / n - 1) * tan;
            const dx = cy * sx - sp * sy * su + cp * sy;
            const dy = cp * su + sp;
            const dz = sy * sx + sp * cy * su - cp * cy;
            const longitude = Math.atan2(dx, -dz);
            const latitude = Math.asin(dy / Math.hypot(dx, dy, dz));
            const column = Math.min(columns - 1, Math.floor((longitude / (2 * Math.PI) + 0.5) * columns));
            const row = Math.min(rows - 1, Math.floor((0.5 - latitude / Math.PI) * rows));
            const key = `${column}_${row}`;
            const distance = sx * sx + su * su;
            if (!found.has(key) || found.get(key) > distance) found.set(key, distance);
        }
    }
    return [...found].sort((a, b) => a[1] - b[1]).map(([key]) => key);
}
