// Draws the sphere with WebGL: a base texture all around, and tiles over it where they are loaded.

import { patch } from './sphere-mesh.js';

const vertexSource = `#version 300 es
in vec3 direction; in vec2 place; uniform mat4 camera; out vec2 at;
void main() { at = place; gl_Position = camera * vec4(direction, 1.0); }`;
const fragmentSource = `#version 300 es
precision highp float; in vec2 at; uniform sampler2D picture; out vec4 colour;
void main() { colour = vec4(texture(picture, at).rgb, 1.0); }`;

/** Owns one WebGL context. `onRestored` is called when a lost context is back and everything must be given again. */
export class SphereRenderer {
    constructor(canvas, onRestored) {
        this.canvas = canvas;
        this.gl = canvas.getContext('webgl2', { antialias: true, alpha: false, powerPreference: 'high-performance' });
        if (!this.gl) throw new Error('WebGL 2 is not available');
        this.isLost = false;
        canvas.addEventListener('webglcontextlost', (event) => {
            event.preventDefault();
            this.isLost = true;
        });
        canvas.addEventListener('webglcontextrestored', () => {
            this.isLost = false;
            this.prepare();
            onRestored();
        });
        this.prepare();
    }

    prepare() {
        const { gl } = this;
        this.program = this.link();
        this.base = null;
        this.tiles = new Map();
        this.meshes = new Map();
        this.cameraPlace = gl.getUniformLocation(this.program, 'camera');
        this.direction = gl.getAttribLocation(this.program, 'direction');
        this.place = gl.getAttribLocation(this.program, 'place');
        this.anisotropy = gl.getExtension('EXT_texture_filter_anisotropic');
        gl.useProgram(this.program);
    }

    get hasBase() { return this.base !== null; }

    /** The widest texture the device takes, in pixels. */
    get maximumSize() { return this.gl.getParameter(this.gl.MAX_TEXTURE_SIZE); }

    /** Replaces the picture all around and drops the tiles of the one before. */
    setBase(image) {
        this.clear();
        this.base = { texture: this.texture(image), mesh: this.mesh(0, 0, 1, 1) };
    }

    setTile(key, image, { columns, rows }) {
        const [column, row] = key.split('_').map(Number);
        this.dropTile(key);
        this.tiles.set(key, { texture: this.texture(image), mesh: this.mesh(column, row, columns, rows) });
    }

    dropTile(key) {
        const tile = this.tiles.get(key);
        if (!tile) return;
        this.gl.deleteTexture(tile.texture);
        this.tiles.delete(key);
    }

    clear() {
        const { gl } = this;
        if (this.base) gl.deleteTexture(this.base.texture);
        for (const key of [...this.tiles.keys()]) this.dropTile(key);
        for (const mesh of this.meshes.values()) {
            gl.deleteBuffer(mesh.vertices);
            gl.deleteBuffer(mesh.indices);
        }
        this.meshes.clear();
        this.base = null;
    }

    draw(camera) {
        const { gl } = this;
        if (this.isLost) return;
        gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
        gl.clearColor(0.027, 0.043, 0.05, 1);
        gl.clear(gl.COLOR_BUFFER_BIT);
        if (!this.base) return;
        gl.useProgram(this.program);
        gl.uniformMatrix4fv(this.cameraPlace, false, camera);
        this.drawMesh(this.base);
        for (const tile of this.tiles.values()) this.drawMesh(tile);
    }

    drawMesh({ texture, mesh }) {
        const { gl } = this;
        gl.bindTexture(gl.TEXTURE_2D, texture);
        gl.bindBuffer(gl.ARRAY_BUFFER, mesh.vertices);
        gl.enableVertexAttribArray(this.direction);
        gl.vertexAttribPointer(this.direction, 3, gl.FLOAT, false, 20, 0);
        gl.enableVertexAttribArray(this.place);
        gl.vertexAttribPointer(this.place, 2, gl.FLOAT, false, 20, 12);
        gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, mesh.indices);
        gl.drawElements(gl.TRIANGLES, mesh.count, gl.UNSIGNED_SHORT, 0);
    }

    mesh(column, row, columns, rows) {
        const key = `${column}_${row}_${columns}`;
        const known = this.meshes.get(key);
        if (known) return known;
        const { gl } = this;
        const { vertices, indices } = patch(column, row, columns, rows);
        const mesh = { vertices: gl.createBuffer(), indices: gl.createBuffer(), count: indices.length };
        gl.bindBuffer(gl.ARRAY_BUFFER, mesh.vertices);
        gl.bufferData(gl.ARRAY_BUFFER, vertices, gl.STATIC_DRAW);
        gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, mesh.indices);
        gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, indices, gl.STATIC_DRAW);
        this.meshes.set(key, mesh);
        return mesh;
    }

    texture(image) {
        const { gl } = this;
        const texture = gl.createTexture();
        gl.bindTexture(gl.TEXTURE_2D, texture);
        gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB, gl.RGB, gl.UNSIGNED_BYTE, image);
        gl.generateMipmap(gl.TEXTURE_2D);
        gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
        gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
        gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
        gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
        if (this.anisotropy) gl.texParameterf(gl.TEXTURE_2D, this.anisotropy.TEXTURE_MAX_ANISOTROPY_EXT, 4);
        return texture;
    }

    link() {
        const { gl } = this;
        const program = gl.createProgram();
        for (const [kind, source] of [[gl.VERTEX_SHADER, vertexSource], [gl.FRAGMENT_SHADER, fragmentSource]]) {
            const shader = gl.createShader(kind);
            gl.shaderSource(shader, source);
            gl.compileShader(shader);
            if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
            gl.attachShader(program, shader);
        }
        gl.linkProgram(program);
        if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program));
        return program;
    }
}
